// The machine finds waits that are missing between the engines of the CV18xx family. The vendor's C-model executes such a file as
// if they were there.
#include "small_network.hpp"
#include <algorithm>
#include <tpu_convert/chip/cv18xx/command_buffer.hpp>
#include <tpu_convert/chip/cv18xx/commands.hpp>
#include <tpu_convert/isa/stream.hpp>

using namespace small_network_test;

namespace {

// Without the wait of one command that waits for more than all before it did. `chosen` says which kind. Gives its number.
template <class Chip, isa::engine Engine, class Choose>
std::optional<std::size_t> forget_wait(std::vector<std::byte>& stream, Choose&& chosen, std::size_t skip) {
    std::optional<std::size_t> found;
    std::vector<std::byte> changed;
    std::uint64_t known = 0;
    isa::decode_stream<Chip, Engine>(stream, [&](auto c, isa::position at) {
        std::uint64_t const wait = c.template get<"cmd_id_dep">();
        if (found) c.template set<"cmd_id_dep">(std::min(wait, known)); // no later one repeats it
        else if (wait > known && chosen(c) && skip-- == 0) {
            found = at.index;
            c.template set<"cmd_id_dep">(known);
        } else known = std::max(known, wait);
        isa::append(changed, c);
    });
    if (found) stream = changed;
    return found;
}

template <class Chip>
struct deployed {
    explicit deployed(shape input = {1, 3, 15, 21}) : b(small_network(std::move(input))) {}

    builder b;
    any_file file = deploy_typed<Chip>(b.typed().net, {.net_name = "small", .types = {}, .keep_all = false, .progress = {}}).file;

    // f: changes the streams of the commands' section.
    template <class F>
    std::vector<std::string> hazards_after(F&& f) {
        any_file changed = file;
        for (auto& s : std::get<cvimodel::file>(changed).sections) {
            if (s.kind != cvimodel::section_kind::commands) continue;
            auto buffer = cv18xx::split_records(s.bytes.bytes(), cv18xx::record_sizes_of<Chip>());
            f(buffer);
            s.bytes = blob(cv18xx::join_records(buffer, cv18xx::record_sizes_of<Chip>()));
        }
        return b.run(changed).hazards;
    }
};

bool says_race(std::vector<std::string> const& hazards) {
    return std::any_of(hazards.begin(), hazards.end(),
                       [](auto const& h) { return h.find("no id orders the two") != std::string::npos; });
}

} // namespace

TEST_CASE("a store that does not wait for its result is reported, on each chip of the family") {
    for_each(cv18xx_chips{}, [&]<class Chip>(std::type_identity<Chip>) {
        CAPTURE(Chip::name);
        deployed<Chip> d;
        CHECK(d.hazards_after([](auto&) {}).empty());
        auto const stores = [](auto const& c) { return c.template get<"trans_dir">() == Chip::direction::store; };
        std::size_t planted = 0;
        for (std::size_t k = 0; k < 8; ++k) {
            bool found = false;
            auto const hazards = d.hazards_after([&](auto& buffer) {
                found = forget_wait<Chip, isa::engine::gdma>(buffer.gdma, stores, k).has_value();
            });
            planted += found;
            CHECK((!found || says_race(hazards)));
        }
        CHECK(planted > 0);
    });
}

TEST_CASE("a calculation that does not wait for its operand is reported") {
    deployed<cv181x> d;
    for (std::size_t k = 0; k < 4; ++k) {
        bool found = false;
        auto const hazards = d.hazards_after([&](auto& buffer) {
            found = forget_wait<cv181x, isa::engine::tiu>(buffer.tiu, [](auto const&) { return true; }, k).has_value();
        });
        CHECK(found);
        CHECK_FALSE(hazards.empty());
    }
}

TEST_CASE("a load into memory that is still read is reported") {
    deployed<cv180x> d({1, 3, 90, 102}); // in tiles
    auto const loads = [](auto const& c) { return c.template get<"trans_dir">() == cv180x::direction::load; };
    std::size_t planted = 0, reported = 0;
    for (std::size_t k = 0; k < 12; ++k) {
        bool found = false;
        auto const hazards = d.hazards_after([&](auto& buffer) {
            found = forget_wait<cv180x, isa::engine::gdma>(buffer.gdma, loads, k).has_value();
        });
        planted += found, reported += found && says_race(hazards);
    }
    CHECK(planted > 0);
    CHECK(reported == planted);
}
