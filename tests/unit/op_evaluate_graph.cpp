#include "graph_helper.hpp"
#include <tpu_convert/op/evaluate.hpp>

using namespace op_test;

namespace {

// Two convolutions around element-wise operators, a concatenation, pooling and a reshape.
graph small_network() {
    graph g;
    op::conv::attributes const c{{.kernel_shape = {3, 3}, .strides = {1, 1}, .pads = {1, 1, 1, 1}, .do_relu = true}};
    auto const x = add_input(g, "x", {1, 3, 8, 6});
    auto const a = add<op::conv>(g, "a", c, {{x, 0}, {add_weight(g, "wa", noise({4, 3, 3, 3}, 2)), 0}, {}});
    auto const b = add<op::silu>(g, "b", {}, {{a, 0}});
    auto const s = add<op::scale>(
        g, "s", {}, {{b, 0}, {add_weight(g, "k", noise({1, 4, 1, 1}, 5)), 0}, {add_weight(g, "o", noise({1, 4, 1, 1}, 6)), 0}});
    auto const j = add<op::concat>(g, "j", {.axis = 1}, {{s, 0}, {x, 0}});
    auto const p = add<op::max_pool>(g, "p", {.kernel_shape = {3, 3}, .strides = {2, 2}, .pads = {1, 1, 1, 1}}, {{j, 0}});
    auto const q = add<op::avg_pool>(g, "q", {.kernel_shape = {2, 2}, .strides = {1, 1}, .pads = {1, 0, 0, 1}}, {{p, 0}});
    auto const u = add<op::upsample>(g, "u", {.scale_h = 2, .scale_w = 3}, {{q, 0}});
    auto const d = add<op::conv>(g, "d", c, {{u, 0}, {add_weight(g, "wd", noise({2, 7, 3, 3}, 3)), 0}, {}});
    auto const r = add<op::reshape>(g, "r", {.new_shape = {{1, -1}}}, {{d, 0}});
    g.outputs = {{r, 0}};
    return g;
}

} // namespace

TEST_CASE("a network gives what its operators give one by one") {
    graph g = small_network();
    infer_shapes(g);
    CHECK(g[g.outputs[0]].dims == shape{1, 2 * 8 * 9});
    std::map<std::string, tensor> const in{{"x", noise({1, 3, 8, 6})}};
    auto const all = evaluate_graph(g, in, {.keep = evaluate_options::keep_rule::all});
    CHECK(all.size() == 10);
    for (auto const v : g.order()) {
        if (g[v].kind != node_kind::operation) continue;
        std::vector<tensor> operands;
        for (auto const& r : g.operands(v))
            operands.push_back(!r ? tensor(shape{0}) : g[r.node].payload ? *g[r.node].payload : all.at(g[r].name));
        std::vector<tensor const*> pointers;
        for (auto const& t : operands) pointers.push_back(t.shape() == shape{0} ? nullptr : &t);
        std::vector<tensor> out{tensor(g[v].results[0].dims)};
        g[v].op->evaluate(g[v].attributes, pointers, out);
        auto const& y = all.at(g[v].results[0].name);
        REQUIRE(y.shape() == out[0].shape());
        for (std::int64_t i = 0; i < y.size(); ++i) REQUIRE(y[i] == doctest::Approx(out[0][i]).epsilon(1e-5));
    }
}

TEST_CASE("an evaluator gives the same bits again, and keeps what is asked for") {
    graph g = small_network();
    infer_shapes(g);
    evaluator reference(g);
    std::map<std::string, tensor> const one{{"x", noise({1, 3, 8, 6})}}, two{{"x", noise({1, 3, 8, 6}, 9)}};
    auto const first = list(reference.run(one).at("r"));
    CHECK(list(reference.run(two).at("r")) != first);
    auto const again = reference.run(one, {.keep = evaluate_options::keep_rule::named, .names = {"a", "x"}});
    CHECK(list(again.at("r")) == first);
    CHECK(again.size() == 3);
}

TEST_CASE("inputs that are missing or do not fit, and shapes that do not fit, are errors that name the tensor") {
    graph g = small_network();
    infer_shapes(g);
    CHECK_THROWS_WITH_AS(evaluate_graph(g, {}), "x: no values are given for this input", model_error);
    CHECK_THROWS_WITH_AS(evaluate_graph(g, {{"x", tensor({1, 3, 8, 8})}}),
                         "x: the input has shape [1,3,8,8], the network needs [1,3,8,6]", model_error);
    g[g.find("x")->node].results[0].dims = {1, 4, 8, 6};
    CHECK_THROWS_WITH_AS(
        infer_shapes(g),
        "a: Conv of [1,4,8,6], [4,3,3,3], none: Conv: input [1,4,8,6], filter [4,3,3,3] and group 1 do not fit: the "
        "input needs filter[1] * group channels",
        model_error);
}

TEST_CASE("a weight and an input can be outputs") {
    graph g;
    auto const x = add_input(g, "x", {2});
    auto const w = add_weight(g, "w", make({2}, {3, 4}));
    g.outputs = {{x, 0}, {w, 0}};
    auto const out = evaluate_graph(g, {{"x", make({2}, {1, 2})}});
    CHECK(list(out.at("x")) == std::vector<float>{1, 2});
    CHECK(list(out.at("w")) == std::vector<float>{3, 4});
}
