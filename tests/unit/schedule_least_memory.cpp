// The schedule with the least global memory: large results stay within groups, outputs have no memory before they are made.
#include "small_network.hpp"
#include <filesystem>
#include <tpu_convert/chip/cv18xx/data_mover.hpp>
#include <tpu_convert/chip/cv18xx/preparation.hpp>
#include <tpu_convert/schedule/group_search.hpp>
#include <unistd.h>

using namespace small_network_test;

namespace {

// Twice 64 channels behind 8, in two parts that a Concat joins; 8 are the result.
builder wide_in_the_middle() {
    builder b({1, 3, 48, 48});
    auto last = b.x();
    op::concat::attributes channels;
    channels.axis = 1;
    for (std::string const name : {"one", "two"}) {
        auto const narrow = b.convolve(last, 8, 1, 1, 1, name);
        auto const left = b.convolve(narrow, 32, 1, 1, 1, name + "_left");
        auto const right = b.convolve(narrow, 32, 3, 1, 1, name + "_right");
        last = b.operation<op::concat>(channels, {left, right}, name + "_wide");
    }
    b.g.outputs = {b.convolve(last, 8, 3, 1, 1, "both")};
    return b;
}

deployment deployed(graph const& typed, bool least_memory, std::filesystem::path const& cache = {}) {
    deploy_options options;
    options.net_name = "wide", options.least_memory = least_memory, options.cache = cache;
    return deploy_typed<cv181x>(typed, options);
}

} // namespace

TEST_CASE("with the least memory a network needs fewer bytes and gives the same ones") {
    auto b = wide_in_the_middle();
    auto const typed = b.typed().net;
    auto const plain = deployed(typed, false), least = deployed(typed, true);
    // The float input and output, and what lies there in bytes at most: both wide results, since a group reads one while it
    // writes the other, and without such groups one, with 8 channels that are made of it.
    std::uint64_t const pixels = 48 * 48, input = 3 * 4, output = 8 * 4;
    CHECK(plain.activation_bytes == pixels * (input + 64 + 8 + 64 + output));
    CHECK(least.activation_bytes == pixels * (input + 64 + 8));
    auto const one = b.run(plain.file), other = b.run(least.file);
    CHECK(other.hazards.empty());
    auto const a = to_tensor(*one.outputs.find("both")), c = to_tensor(*other.outputs.find("both"));
    CHECK(std::equal(a.values().begin(), a.values().end(), c.values().begin(), c.values().end()));
}

TEST_CASE("groups for the least memory are kept apart from others") {
    auto b = wide_in_the_middle();
    auto const typed = b.typed().net;
    auto const folder = std::filesystem::temp_directory_path() / (std::to_string(::getpid()) + ".least");
    CHECK_FALSE(deployed(typed, false, folder).from_cache);
    auto const first = deployed(typed, true, folder), second = deployed(typed, true, folder);
    std::filesystem::remove_all(folder);
    CHECK_FALSE(first.from_cache);
    CHECK(second.from_cache);
    CHECK(second.activation_bytes == first.activation_bytes);
}

TEST_CASE("a search for the least memory joins what costs more together, where that keeps a large result inside") {
    kernel_plan<cv181x> p;
    p.inputs = {{0, view::dense({1, 8, 16, 16}), dtype::i8}};
    p.outputs = {{0, view::dense({1, 8, 16, 16}), dtype::i8}};
    p.input_box = [](std::size_t, box const& b) { return b; };
    p.emit = [](kernel_builder<cv181x>&, tile const&) {};
    using step = group_step<cv181x>; // alone they cost nothing
    std::vector<step> const steps{{p, {0}, 1, 3, 0}, {p, {1}, 2, 2, 0}, {p, {2}, 3, 3, 0}};
    std::vector<buffer_request> const small{{2048, 0, 3}, {2048, 0, 3}, {9000, 1, 2}, {2048, 2, 3}};
    search_effort effort;
    CHECK(cheapest_groups(steps, effort, small).empty());
    effort.least_memory = true;
    auto const found = cheapest_groups(steps, effort, small);
    REQUIRE(found.size() == 1);
    CHECK(found[0].first == 1);
    CHECK(found[0].count == 2);
}

TEST_CASE("buffers that largest first spreads are placed without a gap") {
    std::vector<buffer_request> const four{{2, 3, 4}, {4, 2, 2}, {3, 4, 4}, {1, 0, 3}}; // most at a time: 5
    CHECK(place_buffers(four, 1).bytes == 6);
    auto const plan = place_buffers_tightly(four, 1);
    CHECK(plan.bytes == 5);
    for (std::size_t i = 0; i < four.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) {
            bool const apart = four[i].last < four[k].first || four[k].last < four[i].first;
            CHECK((apart || plan.offsets[i] + four[i].bytes <= plan.offsets[k] ||
                   plan.offsets[k] + four[k].bytes <= plan.offsets[i]));
        }
    CHECK(place_buffers_tightly({}, 16).bytes == 0);
}
