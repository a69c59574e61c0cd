// Concat and Slice along channels within a group: copies in local memory instead of ways through global memory.
#include "graph_helper.hpp"
#include <algorithm>
#include <doctest/doctest.h>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/io/npz.hpp>
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/schedule/deploy.hpp>
#include <tpu_convert/simulate/run_bmodel.hpp>

using namespace tpu_convert;

namespace {

graph::ref convolution(graph& g, std::string const& name, graph::ref x, std::int64_t channels, std::int64_t kernel) {
    tensor w(shape{channels, g[x].dims[1], kernel, kernel});
    for (std::int64_t i = 0; i < w.size(); ++i) w[i] = static_cast<float>((i * 7 + channels) % 13 - 6) / 64;
    op::conv::attributes a;
    a.kernel_shape = {kernel, kernel}, a.strides = {1, 1}, a.pads = shape(4, kernel / 2), a.do_relu = true;
    graph::ref const weight{op_test::add_weight(g, name + "_w", std::move(w)), 0};
    graph::ref const made{op_test::add<op::conv>(g, name, a, {x, weight, {}}), 0};
    g[made].dims = {1, channels, g[x].dims[2], g[x].dims[3]};
    return made;
}
// x -> a; upper half of a -> b; {a, b, c of x} joined -> d. `width` channels of a, half of them of the others.
graph branches(std::int64_t width) {
    graph g;
    g.name = "branches";
    graph::ref const x{op_test::add_input(g, "x", {1, 16, 96, 64}), 0};
    auto const a = convolution(g, "a", x, width, 3);
    op::slice::attributes s;
    s.offset = {0, width / 2, 0, 0}, s.ends = {1, width, 96, 64}, s.steps = {1, 1, 1, 1};
    graph::ref const half{op_test::add<op::slice>(g, "half", s, {a}), 0};
    g[half].dims = {1, width / 2, 96, 64};
    auto const b = convolution(g, "b", half, width / 2, 3), c = convolution(g, "c", x, width / 2, 1);
    graph::ref const joined{op_test::add<op::concat>(g, "joined", {}, {a, b, c}), 0};
    g[joined].dims = {1, 2 * width, 96, 64};
    g.outputs.push_back(convolution(g, "d", joined, 32, 1));
    infer_shapes(g);
    return g;
}

deployment deployed(std::int64_t width, bool groups) {
    deploy_options options;
    options.types.precision = dtype::f16, options.groups = groups;
    return deploy<bm1684x>(branches(width), options);
}
std::string plan_of(deployment const& d, std::string const& name) {
    auto const at = std::find_if(d.nodes.begin(), d.nodes.end(), [&](auto const& n) { return n.name == name; });
    return at == d.nodes.end() ? "" : at->plan;
}
tensor result_of(deployment const& d) {
    tensor x(shape{1, 16, 96, 64});
    for (std::int64_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i * 11 % 97 - 48) / 32;
    npz inputs;
    inputs.set("x", from_tensor(x));
    auto const run = simulate::run_bmodel(std::get<bmodel::file>(d.file), inputs);
    CHECK(run.hazards.empty());
    return to_tensor(*run.outputs.find("d"));
}

} // namespace

TEST_CASE("parts that keep their lanes are joined and taken within a group, to the same bits") {
    auto const together = deployed(128, true), apart = deployed(128, false);
    CHECK(plan_of(together, "joined") == "group");
    CHECK(plan_of(together, "half") == "group");
    CHECK(plan_of(apart, "joined") == "copy");
    CHECK(plan_of(apart, "half") == "alias");
    auto const a = result_of(together), b = result_of(apart);
    CHECK(std::equal(a.values().begin(), a.values().end(), b.values().begin()));
}

TEST_CASE("parts that would change lanes are joined in global memory, to the same bits") {
    auto const together = deployed(96, true), apart = deployed(96, false);
    CHECK(plan_of(together, "joined") == "copy");
    auto const a = result_of(together), b = result_of(apart);
    CHECK(std::equal(a.values().begin(), a.values().end(), b.values().begin()));
}
