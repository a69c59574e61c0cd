#include "op_helper.hpp"
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/integer/integer_conv.hpp>
#include <tpu_convert/op/integer/quantize.hpp>
#include <tpu_convert/op/silu.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <tpu_convert/quantize/network_types.hpp>
#include <tpu_convert/report/compare.hpp>

using namespace op_test;

namespace {

node made(node_kind kind, operation_info const* op, std::any attributes, std::string name, shape dims) {
    node n;
    n.kind = kind, n.op = op, n.attributes = std::move(attributes);
    value v;
    v.name = std::move(name), v.dims = std::move(dims);
    n.results = {std::move(v)};
    return n;
}

graph::ref convolve(graph& g, graph::ref x, std::string const& name, std::uint32_t seed) {
    node weight = made(node_kind::weight, nullptr, {}, name + "_weight", {8, g[x].dims[1], 3, 3});
    weight.payload = std::make_shared<tensor const>(noise(weight.results[0].dims, seed));
    graph::ref const w{g.add(std::move(weight)), 0};
    op::conv::attributes a;
    a.kernel_shape = {3, 3}, a.strides = {1, 1}, a.pads = {1, 1, 1, 1};
    return {g.add(made(node_kind::operation, &info_of<op::conv>(), a, name, {1, 8, 6, 6}), {x, w}), 0};
}

// x -> first -> act -> second
graph integer_network() {
    graph g;
    g.name = "small";
    graph::ref const x{g.add(made(node_kind::input, nullptr, {}, "x", {1, 4, 6, 6})), 0};
    auto const first = convolve(g, x, "first", 5);
    graph::ref const act{
        g.add(made(node_kind::operation, &info_of<op::silu>(), op::silu::attributes{}, "act", {1, 8, 6, 6}), {first}), 0};
    g.outputs = {convolve(g, act, "second", 7)};
    return g;
}

network_type_options integer_options() {
    network_type_options o;
    o.precision = dtype::f16, o.integer = true;
    for (auto const* name : {"x", "first", "act", "second"}) {
        double const range = name == std::string("x") ? 1 : name == std::string("second") ? 40 : 8;
        o.table.rows.set(name, {range, name == std::string("act") ? -0.2785 : -range, range});
    }
    return o;
}

value const& named(graph const& g, std::string const& name) {
    auto const found = g.find(name);
    REQUIRE(found);
    return g[*found];
}

} // namespace

TEST_CASE("an integer network: conversions at its ends, 8 bits inside, 16 for the last product, a zero point where it is free") {
    graph const g = integer_network();
    auto const typed = assign_network_types<bm168x_rules>(g, integer_options()).net;
    CHECK(named(typed, "x_si8").scale == doctest::Approx(1.0 / 127));
    CHECK(named(typed, "act").type == dtype::i8);
    CHECK(named(typed, "act").zero_point == -119); // -128 + 0.2785 / (8.2785 / 255)
    CHECK(named(typed, "first").zero_point != 0);
    CHECK(named(typed, "second_si16").type == dtype::i16);
    CHECK(named(typed, "second").type == dtype::f32);
    CHECK(typed[typed.outputs[0]].name == "second");

    std::map<std::string, tensor> const in{{"x", noise({1, 4, 6, 6}, 3)}};
    auto const wanted = evaluate_graph(g, in), got = evaluate_graph(typed, in);
    CHECK(compare(got.at("second"), wanted.at("second")).cosine > 0.999);
}

TEST_CASE("the quantize table leaves an operator in floating point, between conversions") {
    auto o = integer_options();
    o.exceptions.rows = {{"act", "F16", 0}};
    auto const typed = assign_network_types<bm168x_rules>(integer_network(), o).net;
    CHECK(named(typed, "first").type == dtype::i16); // only a float reads it
    CHECK(named(typed, "act").type == dtype::f16);
    CHECK(typed.find("act_si8"));
    o.exceptions.rows = {{"nobody", "F16", 0}};
    CHECK_THROWS_WITH_AS(assign_network_types<bm168x_rules>(integer_network(), o),
                         "nobody: the quantize table names an operator that the network does not have", model_error);
}

TEST_CASE("outputs and inputs stay integers where they are asked for") {
    auto o = integer_options();
    o.narrow_inputs = {0}, o.narrow_outputs = {0};
    auto const typed = assign_network_types<bm168x_rules>(integer_network(), o).net;
    CHECK(named(typed, "x").type == dtype::i8);
    CHECK(named(typed, "second").type == dtype::i8);
    CHECK(named(typed, "second").zero_point == 0);
}

TEST_CASE("a single operator of a 16-bit network computes in float32") {
    network_type_options o;
    o.precision = dtype::f16;
    o.exceptions.rows = {{"act", "F32", 0}};
    auto const typed = assign_network_types<bm168x_rules>(integer_network(), o).net;
    CHECK(named(typed, "first").type == dtype::f16);
    CHECK(named(typed, "act").type == dtype::f32);
}

TEST_CASE("a value without a row in the calibration table is an error that names it") {
    auto o = integer_options();
    o.table.rows = {};
    o.table.rows.set("x", {1, -1, 1});
    CHECK_THROWS_AS(assign_network_types<bm168x_rules>(integer_network(), o), model_error);
}
