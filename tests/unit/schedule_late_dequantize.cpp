// A Dequantize goes behind the transposition that reads it, and only there.
#include "graph_helper.hpp"
#include <doctest/doctest.h>
#include <tpu_convert/op/sigmoid.hpp>
#include <tpu_convert/schedule/late_dequantize.hpp>
#include <tpu_convert/schedule/step_order.hpp>

using namespace tpu_convert;

namespace {

// x (int16) -> Dequantize -> Reshape [1,3,85,h,w] -> Permute.
graph head(std::int64_t side, std::vector<std::int64_t> const& order) {
    graph g;
    graph::ref const x{op_test::add_input(g, "x", {1, 255, side, side}), 0};
    g[x].type = dtype::i16, g[x].scale = 0.5;
    graph::ref const real{op_test::add<op::dequantize>(g, "real", {0.5f, 0}, {x}), 0};
    g[real].dims = g[x].dims;
    shape const split{1, 3, 85, side, side};
    graph::ref const parts{op_test::add<op::reshape>(g, "parts", {split}, {real}), 0};
    g[parts].dims = split;
    graph::ref const turned{op_test::add<op::permute>(g, "turned", {order}, {parts}), 0};
    for (auto const i : order) g[turned].dims.push_back(split[static_cast<std::size_t>(i)]);
    g.outputs.push_back(turned);
    return g;
}

std::vector<std::string> operators_of(graph const& g) {
    std::vector<std::string> names;
    for (auto const v : g.order())
        if (g[v].kind == node_kind::operation) names.emplace_back(g[v].op->name);
    return names;
}

} // namespace

TEST_CASE("a transposition of dequantized values is one of integers with the Dequantize behind it") {
    auto g = head(40, {0, 1, 3, 4, 2});
    tpu_convert::detail::dequantize_late(g);
    CHECK(operators_of(g) == std::vector<std::string>{"Reshape", "Permute", "Dequantize", "Reshape"});
    CHECK(g[g.outputs[0]].name == "turned");
    CHECK(g[g.outputs[0]].dims == shape{1, 3, 40, 40, 85});
    auto const turned = g.find("turned_turned");
    REQUIRE(turned);
    CHECK(g[*turned].dims == shape{3, 1600, 85});
    CHECK(g[*turned].type == dtype::i16);
    CHECK(g[*turned].scale == 0.5);
}

TEST_CASE("functions behind the transposition follow it, and names stay with their values") {
    auto g = head(40, {0, 1, 3, 4, 2});
    graph::ref const made{op_test::add<op::sigmoid>(g, "made", {}, {g.outputs[0]}), 0};
    g[made].dims = g[g.outputs[0]].dims;
    g.outputs[0] = made;
    tpu_convert::detail::dequantize_late(g);
    CHECK(operators_of(g) == std::vector<std::string>{"Reshape", "Permute", "Dequantize", "Sigmoid", "Reshape"});
    CHECK(g[g.outputs[0]].name == "made");
    CHECK(g[g.outputs[0]].dims == shape{1, 3, 40, 40, 85});
}

TEST_CASE("other permutations, small ones and values that others read stay as they are") {
    auto other = head(40, {0, 2, 1, 4, 3}), small = head(8, {0, 1, 3, 4, 2}), shown = head(40, {0, 1, 3, 4, 2});
    shown.outputs.push_back(*shown.find("real"));
    for (auto* g : {&other, &small, &shown}) {
        tpu_convert::detail::dequantize_late(*g);
        CHECK(operators_of(*g) == std::vector<std::string>{"Dequantize", "Reshape", "Permute"});
    }
}

TEST_CASE("early conversions run right behind what made their operand") {
    graph g;
    graph::ref const x{op_test::add_input(g, "x", {1, 4, 2, 2}), 0};
    graph::ref const a{op_test::add<op::reshape>(g, "a", {shape{4, 4}}, {x}), 0},
        b{op_test::add<op::reshape>(g, "b", {shape{16}}, {x}), 0};
    op_test::add<op::dequantize>(g, "b_f32", {0.5f, 0}, {b});
    op_test::add<op::dequantize>(g, "a_f32", {0.5f, 0}, {a});
    std::vector<std::string> names;
    for (auto const v : step_order(g, true)) names.push_back(g[v].results[0].name);
    CHECK(names == std::vector<std::string>{"x", "a", "a_f32", "b", "b_f32"});
    CHECK(step_order(g, false) == g.order());
}
