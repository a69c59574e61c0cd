// The machine finds waits that are missing between the engines of the CV18xx family. The vendor's C-model executes such a file as
// if they were there.
#include "small_network.hpp"
#include <algorithm>
#include <tpu_convert/chip/cv18xx/command_buffer.hpp>
#include <tpu_convert/chip/cv18xx/commands.hpp>
#include <tpu_convert/isa/stream.hpp>
#include <tpu_convert/simulate/cv18xx.hpp>

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

// A fill, a copy of what it wrote, and another fill of the same bytes that waits for so many commands of the TIU.
template <class Chip>
std::vector<std::string> hazards_of_refill(std::uint32_t waits_for) {
    std::vector<std::byte> tiu, dma;
    for (std::uint32_t id : {1u, 2u}) {
        typename Chip::commands::tdma fill;
        fill.template select<"tdma.fill">();
        fill.template set<"cmd_id">(id), fill.template set<"cmd_id_dep">(id == 2 ? waits_for : 0);
        fill.template set<"dst_w">(16), fill.template set<"src_w">(16), fill.template set<"const_val">(id);
        isa::append(dma, fill);
    }
    typename Chip::commands::tensor copy;
    copy.template select<"tensor.copy">();
    copy.template set<"cmd_id">(1), copy.template set<"cmd_id_dep">(1), copy.template set<"tsk_opd_num">(1);
    copy.template set<"res0_addr">(0x100);
    isa::append(tiu, copy);
    simulate::machine<Chip> machine;
    machine.run(tiu, dma);
    return machine.report().hazards;
}

TEST_CASE("a transfer into memory that is still read is reported, on each chip of the family") {
    for_each(cv18xx_chips{}, []<class Chip>(std::type_identity<Chip>) {
        CAPTURE(Chip::name);
        CHECK(hazards_of_refill<Chip>(1).empty());
        auto const hazards = hazards_of_refill<Chip>(0);
        REQUIRE(hazards.size() == 1);
        CHECK(says_race(hazards));
    });
}
