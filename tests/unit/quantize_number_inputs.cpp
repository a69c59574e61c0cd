// Whole numbers that come in, and positions, stay what they are in a 16-bit network.
#include "graph_helper.hpp"
#include <doctest/doctest.h>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/compare_const.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/where.hpp>
#include <tpu_convert/quantize/float_types.hpp>
#include <tpu_convert/schedule/deploy.hpp>
#include <tpu_convert/simulate/run_bmodel.hpp>

using namespace tpu_convert;

namespace {

graph turned_numbers(dtype t) {
    graph g;
    g.name = "numbers";
    graph::ref const x{op_test::add_input(g, "x", {3, 5}), 0};
    g[x].type = t;
    graph::ref const turned{op_test::add<op::permute>(g, "turned", {.order = {1, 0}}, {x}), 0};
    g.outputs.push_back({op_test::add<op::add_const>(g, "more", {.const_val = 1}, {turned}), 0});
    infer_shapes(g);
    return g;
}

tensor ramp_of(shape const& dims, float from, float step) {
    tensor t(dims);
    for (std::int64_t i = 0; i < t.size(); ++i) t[i] = from + step * static_cast<float>(i);
    return t;
}

tensor run(graph const& g, dtype precision, npz const& inputs, std::string const& output) {
    deploy_options o;
    o.types.precision = precision;
    auto const d = deploy<bm1684x>(g, o);
    auto const ran = simulate::run_bmodel(std::get<bmodel::file>(d.file), inputs);
    CHECK(ran.hazards.empty());
    return to_tensor(*ran.outputs.find(output));
}

} // namespace

TEST_CASE("numbers that come in are moved as numbers, and exact in 16 bits") {
    tensor const x = ramp_of({3, 5}, -70001, 10007);
    npz inputs;
    inputs.set("x", from_tensor(x, dtype::i32));
    for (dtype const t : {dtype::f32, dtype::f16, dtype::bf16}) {
        tensor const y = run(turned_numbers(dtype::i32), t, inputs, "more");
        REQUIRE(y.shape() == shape{5, 3});
        for (std::int64_t i = 0; i < 15; ++i) CHECK(y[i] == x[i % 3 * 5 + i / 3] + 1);
    }
}

TEST_CASE("bytes that come in are moved as numbers") {
    tensor const x = ramp_of({3, 5}, -7, 1);
    npz inputs;
    inputs.set("x", from_tensor(x, dtype::i8));
    for (dtype const t : {dtype::f32, dtype::f16, dtype::bf16}) {
        tensor const y = run(turned_numbers(dtype::i8), t, inputs, "more");
        for (std::int64_t i = 0; i < 15; ++i) CHECK(y[i] == x[i % 3 * 5 + i / 3] + 1);
    }
}

TEST_CASE("without float32, numbers that are no positions come in as real numbers") {
    float_type_options o;
    o.precision = dtype::bf16, o.float32 = false;
    auto const g = assign_float_types(turned_numbers(dtype::i32), o);
    CHECK(g[g.inputs()[0]].results[0].type == dtype::f32);
}

TEST_CASE("positions that a condition chooses have 32 bits") {
    graph g;
    g.name = "chosen";
    graph::ref const x{op_test::add_input(g, "x", {1, 8}), 0};
    graph::ref const first{op_test::add_weight(g, "first", ramp_of({1, 8}, 3001, 2)), 0};
    graph::ref const other{op_test::add_weight(g, "other", ramp_of({1, 8}, 70001, 2)), 0};
    graph::ref const above{op_test::add<op::compare_const>(g, "above", {.mode = compare_mode::greater}, {x}), 0};
    g.outputs.push_back({op_test::add<op::where>(g, "chosen", {}, {above, first, other}), 0});
    infer_shapes(g);
    tensor const numbers = ramp_of({1, 8}, -3.5F, 1);
    npz inputs;
    inputs.set("x", from_tensor(numbers));
    for (dtype const t : {dtype::f16, dtype::bf16}) {
        tensor const y = run(g, t, inputs, "chosen");
        for (std::int64_t i = 0; i < 8; ++i) CHECK(y[i] == static_cast<float>((numbers[i] > 0 ? 3001 : 70001) + 2 * i));
    }
}
