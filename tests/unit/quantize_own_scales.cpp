// Networks with QuantizeLinear and DequantizeLinear: their scales become the table that integers are made by.
#include <doctest/doctest.h>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/composed/dequantize_linear.hpp>
#include <tpu_convert/op/composed/quantize_linear.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/relu.hpp>
#include <tpu_convert/pass/rewrite.hpp>
#include <tpu_convert/quantize/own_scales.hpp>

using namespace tpu_convert;

namespace {

graph::ref pair_behind(graph& g, graph::ref x, std::string const& name, double scale, std::int64_t zero, bool positive) {
    op::quantize_linear::attributes q{{scale}, {zero}, 1, positive};
    op::dequantize_linear::attributes d;
    d.x_scale = {scale}, d.x_zero_point = {zero};
    graph::ref const numbers = pass::add_operation<op::quantize_linear>(g, name + "_q", g[x].dims, q, {x});
    return pass::add_operation<op::dequantize_linear>(g, name + "_dq", g[x].dims, d, {numbers});
}

// input -> pair -> Mul by itself -> pair -> Relu (output)
graph sample(std::int64_t zero) {
    graph g;
    g.name = "sample";
    node input;
    input.kind = node_kind::input;
    input.results = {value{"x", {1, 4}, dtype::f32, 0, 0, {}}};
    graph::ref const x = pair_behind(g, {g.add(input), 0}, "x", 0.5, 0, false);
    graph::ref const square = pass::add_operation<op::mul>(g, "square", {1, 4}, {}, {x, x});
    graph::ref const y = pass::add_operation<op::relu>(g, "y", {1, 4}, {}, {pair_behind(g, square, "square", 0.25, zero, true)});
    g.outputs = {y};
    return g;
}

} // namespace

TEST_CASE("pairs of QuantizeLinear and DequantizeLinear are ranges") {
    auto const own = take_own_scales(sample(0));
    CHECK_FALSE(own.asymmetric);
    CHECK_FALSE(own.net.find("x_q"));
    auto const* x = own.table.rows.find("x");
    REQUIRE(x);
    CHECK(x->threshold == 63.5);
    CHECK(x->min == -64);
    auto const* square = own.table.rows.find("square");
    REQUIRE(square);
    CHECK(square->threshold == 63.75);
    CHECK(square->min == 0);
    REQUIRE(own.table.rows.find("y"));
    CHECK(own.table.rows.find("y")->max == 63.75);
    CHECK(own.without_scales.empty());
}

TEST_CASE("zero points elsewhere make the network asymmetric; without pairs there is nothing to take") {
    auto const own = take_own_scales(sample(51));
    CHECK(own.asymmetric);
    CHECK(own.table.rows.find("square")->min == -12.75);
    CHECK(own.table.rows.find("square")->max == 51);
    graph plain;
    node input;
    input.kind = node_kind::input;
    input.results = {value{"x", {1, 4}, dtype::f32, 0, 0, {}}};
    plain.outputs = {pass::add_operation<op::relu>(plain, "y", {1, 4}, {}, {{plain.add(input), 0}})};
    CHECK_THROWS_AS(take_own_scales(plain), model_error);
}
