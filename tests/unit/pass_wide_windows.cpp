// Windows that commands can't encode become nodes that they can, of the same value.
#include "graph_helper.hpp"
#include "kernel_case.hpp"
#include <doctest/doctest.h>
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/deconv.hpp>
#include <tpu_convert/op/integer/integer_average.hpp>
#include <tpu_convert/op/integer/integer_conv.hpp>
#include <tpu_convert/op/max_pool.hpp>
#include <tpu_convert/pass/wide_windows.hpp>

namespace wide_windows_test {

using namespace op_test;

using numbers = std::vector<std::int64_t>;

tensor whole(shape dims, std::int64_t seed) {
    tensor t(std::move(dims));
    for (std::int64_t i = 0; i < t.size(); ++i) t[i] = static_cast<float>((i * 37 + seed) % 23 - 11);
    return t;
}

// Limits under which dilated filters get zeros, or images are shifted.
pass::window_limits zeros_preferred() { return {.lanes = 1, .lane_bytes = std::int64_t{1} << 40}; }
pass::window_limits shifts_preferred() { return {.lanes = 1, .lane_bytes = 0}; }

template <class Attributes>
void check_encoded(Attributes const& a, numbers const& dilations) {
    for (auto const p : a.pads) CHECK((p >= 0 && p <= 15));
    for (auto const s : a.strides) CHECK(s <= 15);
    for (auto const d : dilations) CHECK(d <= 15);
}
// All windows can be encoded, and y has the same values: whole numbers, so that sums are exact.
void check_windows(graph g, tensor const& x, pass::window_limits const& most, bool exact = true) {
    infer_shapes(g);
    tensor const want = evaluate_graph(g, {{"x", x}}).at("y");
    pass::fit_windows(g, most);
    for (auto const v : g.order()) {
        std::any const& a = g[v].attributes;
        if (auto const* c = std::any_cast<op::conv::attributes>(&a)) check_encoded(*c, c->dilations.value_or(numbers{}));
        if (auto const* c = std::any_cast<op::integer_conv::attributes>(&a))
            check_encoded(*c, c->dilations);
        if (auto const* c = std::any_cast<op::pool_attributes>(&a)) check_encoded(*c, {});
        CHECK(g[v].op != &info_of<op::deconv>());
    }
    infer_shapes(g);
    tensor const got = evaluate_graph(g, {{"x", x}}).at("y");
    REQUIRE(got.shape() == want.shape());
    std::int64_t unlike = 0;
    for (std::int64_t i = 0; i < got.size(); ++i)
        unlike += exact ? got[i] != want[i] : std::abs(got[i] - want[i]) > 1e-5f * (1 + std::abs(want[i]));
    CHECK(unlike == 0);
}
template <class Op>
void check_filters(typename Op::attributes a, shape const& in, shape const& filter, bool biased = true) {
    for (auto const& most : {zeros_preferred(), shifts_preferred()}) {
        graph g;
        std::vector<graph::ref> operands{{add_input(g, "x", in), 0}, {add_weight(g, "w", whole(filter, 5)), 0}};
        a.kernel_shape.assign(filter.begin() + 2, filter.end());
        if (biased) operands.push_back({add_weight(g, "b", whole({filter[0]}, 3)), 0});
        g.outputs = {{add<Op>(g, "y", a, operands), 0}};
        check_windows(std::move(g), whole(in, 0), most);
    }
}
op::conv::attributes conv_of(numbers strides, numbers pads, numbers dilations, std::int64_t group = 1) {
    op::conv::attributes a;
    a.strides = std::move(strides), a.pads = std::move(pads), a.dilations = std::move(dilations), a.group = group;
    return a;
}
op::deconv::attributes deconv_of(numbers strides, numbers pads, numbers dilations, numbers more, std::int64_t group = 1) {
    op::deconv::attributes a;
    a.strides = std::move(strides), a.pads = std::move(pads), a.dilations = std::move(dilations), a.group = group;
    a.output_padding = std::move(more);
    return a;
}
template <class Op>
void check_pool(numbers kernel, numbers strides, numbers pads, bool ceil_mode, bool count_padding) {
    graph g;
    op::pool_attributes a;
    a.kernel_shape = std::move(kernel), a.strides = std::move(strides), a.pads = std::move(pads), a.ceil_mode = ceil_mode;
    a.count_include_pad = count_padding, a.do_relu = true;
    shape const in = a.kernel_shape.size() == 1 ? shape{2, 3, 80} : shape{1, 3, 40, 44};
    g.outputs = {{add<Op>(g, "y", a, {{add_input(g, "x", in), 0}}), 0}};
    check_windows(std::move(g), whole(in, 0), {}, std::is_same_v<Op, op::max_pool>);
}
// Integers: padding has the value of zero.
void check_integers(op::integer_conv::attributes a, shape const& in, shape const& filter) {
    a.kernel_shape.assign(filter.begin() + 2, filter.end());
    a.lowest = -30000, a.highest = 30000, a.multipliers.clear(), a.shifts.clear();
    for (std::int64_t o = 0; o < filter[0]; ++o)
        a.multipliers.push_back(3 + o), a.shifts.push_back(o % 3), a.bias.push_back(5 * o);
    for (auto const& most : {zeros_preferred(), shifts_preferred()}) {
        graph g;
        graph::ref const x{add_input(g, "x", in), 0}, w{add_weight(g, "w", whole(filter, 5)), 0};
        g[x].type = g[w].type = dtype::i8;
        g.outputs = {{add<op::integer_conv>(g, "y", a, {x, w}), 0}};
        g[g.outputs[0]].type = dtype::i16;
        check_windows(std::move(g), whole(in, 0), most);
    }
}

TEST_CASE("paddings, dilations and strides of convolutions that are too large, in both forms") {
    check_filters<op::conv>(conv_of({1, 1}, {18, 18, 18, 18}, {18, 18}), {1, 4, 33, 30}, {3, 4, 3, 3});
    check_filters<op::conv>(conv_of({1, 1}, {17, 20, 16, 18}, {17, 20}, 4), {2, 4, 33, 30}, {8, 1, 3, 2});
    check_filters<op::conv>(conv_of({2, 1}, {36, 2, 36, 2}, {36, 1}), {1, 2, 50, 9}, {3, 2, 3, 5}, false);
    check_filters<op::conv>(conv_of({20, 17}, {3, 0, 4, 0}, {2, 3}, 2), {1, 4, 70, 75}, {4, 2, 3, 3});
    check_filters<op::conv>(conv_of({1, 1}, {20, 0, 20, 0}, {1, 1}), {1, 2, 30, 8}, {2, 2, 24, 3});
    check_filters<op::conv>(conv_of({1, 1}, {18, 18, 18, 18}, {36, 36}), {1, 2, 60, 50}, {3, 2, 3, 3});
}

TEST_CASE("dilated filters of one axis run down the rows of the same memory") {
    check_filters<op::conv>(conv_of({1}, {64, 0}, {64}), {1, 3, 500}, {4, 3, 2}, false);
    check_filters<op::conv>(conv_of({1}, {40, 41}, {40}, 3), {2, 3, 120}, {3, 1, 3});
    check_filters<op::conv>(conv_of({1, 1}, {20, 1, 20, 2}, {20, 1}), {1, 2, 70, 9}, {3, 2, 3, 1});
    check_filters<op::conv>(conv_of({2}, {0, 3}, {33}), {1, 3, 200}, {4, 3, 3});
}

TEST_CASE("filters that are too long for a row, and taps that meet padding only") {
    graph g;
    op::conv::attributes a = conv_of({1, 1}, {36, 36, 36, 36}, {36, 36});
    a.kernel_shape = {3, 3};
    g.outputs = {
        {add<op::conv>(g, "y", a, {{add_input(g, "x", {1, 2, 33, 33}), 0}, {add_weight(g, "w", whole({2, 2, 3, 3}, 5)), 0}}),
         0}};
    infer_shapes(g);
    pass::fit_windows(g, {});
    CHECK(g.order().size() == 3); // the same node with one tap
    CHECK(std::any_cast<op::conv::attributes const&>(g[g.outputs[0].node].attributes).kernel_shape == numbers{1, 1});

    pass::window_limits short_rows = zeros_preferred();
    short_rows.filter_row = 100;
    graph h;
    a = conv_of({1, 1}, {6, 6, 6, 6}, {1, 1}), a.kernel_shape = {12, 12};
    h.outputs = {
        {add<op::conv>(h, "y", a, {{add_input(h, "x", {1, 2, 20, 20}), 0}, {add_weight(h, "w", whole({2, 2, 12, 12}, 5)), 0}}),
         0}};
    check_windows(std::move(h), whole({1, 2, 20, 20}, 0), short_rows);
}

TEST_CASE("transposed convolutions of large stride, padding or dilation") {
    check_filters<op::deconv>(deconv_of({16, 16}, {8, 8, 8, 8}, {1, 1}, {0, 0}), {1, 3, 6, 5}, {2, 3, 32, 32}, false);
    check_filters<op::deconv>(deconv_of({2, 16}, {1, 2, 0, 3}, {1, 1}, {1, 5}, 2), {2, 4, 5, 4}, {6, 2, 3, 20});
    check_filters<op::deconv>(deconv_of({20}, {10, 10}, {1}, {0}), {1, 3, 12}, {2, 3, 40});
    check_filters<op::deconv>(deconv_of({17}, {0, 0}, {1}, {4}), {1, 3, 12}, {2, 3, 5}); // places that no tap meets
    check_filters<op::deconv>(deconv_of({3}, {2, 1}, {20}, {0}), {1, 3, 12}, {2, 3, 3});
    check_filters<op::deconv>(deconv_of({2}, {7, 9}, {1}, {0}), {1, 3, 30}, {2, 3, 4}); // more padding than kernel
}

TEST_CASE("pools with large padding and strides, of full windows and of others") {
    for (bool const ceil_mode : {false, true}) {
        check_pool<op::max_pool>({35, 33}, {1, 4}, {17, 16, 17, 16}, ceil_mode, false);
        check_pool<op::max_pool>({5}, {18}, {0, 2}, ceil_mode, false);
        for (bool const counts : {false, true}) {
            check_pool<op::avg_pool>({33, 33}, {5, 3}, {16, 16, 16, 16}, ceil_mode, counts);
            check_pool<op::avg_pool>({20, 2}, {20, 2}, {0, 0, 0, 0}, ceil_mode, counts);
            check_pool<op::avg_pool>({40}, {17}, {18, 20}, ceil_mode, counts);
        }
    }
}

TEST_CASE("integers are the same bit for bit") {
    op::integer_conv::attributes a;
    a.strides = {1, 1}, a.pads = {18, 18, 18, 18}, a.dilations = {18, 18}, a.pad_value = 4;
    check_integers(a, {1, 4, 33, 30}, {3, 4, 3, 3});
    a.pads = {36, 36, 36, 36}, a.dilations = {36, 36}; // what padding brings goes into the bias
    check_integers(a, {1, 4, 33, 30}, {3, 4, 3, 3});
    a.strides = {1}, a.pads = {100, 0}, a.dilations = {100}, a.group = 4;
    check_integers(a, {1, 4, 250}, {4, 1, 2});
    a.strides = {1, 1}, a.pads = {23, 23, 23, 23}, a.dilations = {1, 1}, a.inserts = {15, 15}, a.pad_value = 0, a.group = 1;
    check_integers(a, {1, 3, 6, 5}, {2, 3, 32, 32});
    graph g;
    op::integer_average::attributes mean;
    mean.kernel_shape = {33, 33}, mean.strides = {1, 2}, mean.pads = {16, 16, 16, 16}, mean.multiplier = 7, mean.shift = 8,
    mean.pad_value = 3;
    graph::ref const x{add_input(g, "x", {1, 3, 40, 40}), 0};
    g[x].type = dtype::i8;
    g.outputs = {{add<op::integer_average>(g, "y", mean, {x}), 0}};
    check_windows(std::move(g), whole({1, 3, 40, 40}, 0), {});
}

TEST_CASE("convolutions of volumes become convolutions of planes") {
    check_filters<op::conv>(conv_of({1, 1, 1}, {1, 1, 1, 1, 1, 1}, {1, 1, 1}), {1, 5, 6, 7, 8}, {7, 5, 3, 3, 3});
    check_filters<op::conv>(conv_of({2, 1, 2}, {1, 0, 2, 1, 0, 2}, {1, 2, 1}, 3), {2, 6, 7, 9, 10}, {12, 2, 3, 2, 3});
    check_filters<op::conv>(conv_of({1, 1, 1}, {2, 20, 0, 2, 20, 0}, {2, 20, 1}, 6), {1, 6, 7, 9, 10}, {6, 1, 3, 3, 1});
}

TEST_CASE("filters that lose a tap and get zeros are of the old size, but others") {
    check_filters<op::conv>(conv_of({4, 1}, {26, 1, 26, 1}, {26, 1}), {1, 4, 28, 28}, {4, 4, 3, 3});
    check_filters<op::conv>(conv_of({1, 1}, {0, 1, 8, 1}, {24, 1}), {1, 4, 44, 48}, {4, 4, 3, 3});
    check_filters<op::conv>(conv_of({16, 20}, {24, 24, 24, 24}, {24, 24}, 4), {1, 4, 30, 30}, {4, 1, 3, 3});
}

TEST_CASE("wide windows on the BM1684X") {
    using test::kernel_case;
    auto const window = [&](char const* op, numbers kernel, numbers strides, numbers pads, numbers dilations, shape in,
                            shape filter) {
        attribute_map a{{"kernel_shape", std::move(kernel)}, {"strides", std::move(strides)}, {"pads", std::move(pads)}};
        if (!dilations.empty()) a["dilations"] = std::move(dilations);
        kernel_case c{op, std::move(a), {{std::move(in)}}, 40};
        if (!filter.empty()) c.operands.push_back({std::move(filter), -1, 1, true});
        return c;
    };
    for (auto const& c : {window("Conv", {3, 3}, {1, 1}, {18, 18, 18, 18}, {18, 18}, {1, 8, 33, 33}, {8, 8, 3, 3}),
                          window("Conv", {3, 3}, {1, 1}, {34, 34, 34, 34}, {34, 34}, {1, 70, 40, 45}, {66, 70, 3, 3}),
                          window("Conv", {2}, {1}, {0, 0}, {512}, {1, 8, 2000}, {8, 8, 2}),
                          window("Deconv", {32, 32}, {16, 16}, {8, 8, 8, 8}, {}, {1, 8, 6, 6}, {4, 8, 32, 32}),
                          window("AvgPool", {33, 33}, {1, 1}, {16, 16, 16, 16}, {}, {1, 8, 40, 40}, {}),
                          window("MaxPool", {35, 35}, {1, 1}, {17, 17, 17, 17}, {}, {1, 3, 40, 40}, {})})
        for (auto const t : test::kernel_types) {
            auto const r = test::run_kernel(c, t);
            CHECK_MESSAGE(r.ulps <= c.ulps, test::title(c, t), " ", r.ulps);
            CHECK(r.hazards.empty());
        }
}

} // namespace wide_windows_test
