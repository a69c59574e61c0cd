// Softmax and normalisations whose rows do not fit in a lane: reductions by blocks, and the rest element by element.
#pragma once
#include <optional>
#include <tpu_convert/chip/bm1684x/rewrite/row_blocks.hpp>
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/div.hpp>
#include <tpu_convert/op/exp.hpp>
#include <tpu_convert/op/group_norm.hpp>
#include <tpu_convert/op/instance_norm.hpp>
#include <tpu_convert/op/layer_norm.hpp>
#include <tpu_convert/op/log.hpp>
#include <tpu_convert/op/rms_norm.hpp>
#include <tpu_convert/op/rsqrt.hpp>
#include <tpu_convert/op/softmax.hpp>
#include <tpu_convert/op/sub.hpp>

namespace tpu_convert::bm1684x_rewrite {

// exp(d) / sum of exp(d), or d - log(that sum), with d = beta x - max.
inline void spread_softmax(graph& g, graph::id v) {
    auto const a = pass::attributes<op::softmax>(g, v);
    ref const from = pass::operand(g, v, 0);
    shape const dims = g[from].dims;
    auto const axis = static_cast<std::size_t>(normal_axis(a.axis, dims.size()));
    auto const b = axis_blocks::around(dims, axis);
    typed_steps s(g, v);
    ref x = s.reshaped(from, {b.outer, dims[axis], b.inner});
    if (a.beta != 1) x = s.add<op::mul_const>({.const_val = a.beta}, {x}, dtype::f32);
    ref const below = s.add<op::sub>({}, {x, reduced_rows(s, x, reduce_mode::max)}, dtype::f32);
    ref const power = s.add<op::exp>({}, {below}), sum = reduced_rows(s, power, reduce_mode::sum);
    s.finish(a.log ? s.add<op::sub>({}, {below, s.add<op::log>({}, {sum})}) : s.add<op::div>({}, {power, sum}));
}

struct spread_rows {
    std::int64_t rows, length;
    double eps;
    bool centred;
    shape whole, factors; // in which elements meet their weight and bias
};

inline std::optional<spread_rows> normalization_of(graph const& g, graph::id v) {
    shape const& dims = g[v].results[0].dims;
    std::int64_t const all = element_count(dims);
    auto const from_axis = [&](std::int64_t axis, double eps, bool centred) -> spread_rows {
        std::int64_t rows = 1;
        for (std::int64_t i = 0; i < normal_axis(axis, dims.size()); ++i) rows *= dims[static_cast<std::size_t>(i)];
        return {rows, all / rows, eps, centred, {rows, all / rows}, {1, all / rows}};
    };
    auto const by_channel = [&](std::int64_t groups, double eps) -> spread_rows {
        std::int64_t const rows = dims[0] * groups;
        return {rows, all / rows, eps, true, {dims[0], dims[1], all / (dims[0] * dims[1])}, {1, dims[1], 1}};
    };
    if (all == 0) return std::nullopt;
    if (pass::is<op::layer_norm>(g, v)) {
        auto const& a = pass::attributes<op::layer_norm>(g, v);
        return from_axis(a.axis, a.eps, true);
    }
    if (pass::is<op::rms_norm>(g, v)) {
        auto const& a = pass::attributes<op::rms_norm>(g, v);
        return from_axis(a.axis, a.eps, false);
    }
    if (pass::is<op::group_norm>(g, v)) {
        auto const& a = pass::attributes<op::group_norm>(g, v);
        return by_channel(a.num_groups, a.eps);
    }
    if (pass::is<op::instance_norm>(g, v)) return by_channel(dims[1], pass::attributes<op::instance_norm>(g, v).eps);
    return std::nullopt;
}

// What the node has as operand i, in a shape; constants are kept in float32.
inline ref factors_of(graph const& g, typed_steps& s, ref from, shape const& dims) {
    tensor const* const w = pass::weight(g, from);
    if (!w) return s.reshaped(from, dims);
    return s.weight(tensor(dims, std::vector<float>(w->values().begin(), w->values().end())), dtype::f32);
}

inline void spread_normalization(graph& g, graph::id v) {
    auto const n = *normalization_of(g, v);
    ref const weight = pass::operand(g, v, 1), bias = pass::operand(g, v, 2);
    typed_steps s(g, v);
    ref centre = s.reshaped(pass::operand(g, v, 0), {n.rows, n.length, 1});
    if (n.centred) centre = s.add<op::sub>({}, {centre, mean_of_rows(s, centre)}, dtype::f32);
    ref const squares = s.add<op::mul>({}, {centre, centre}, dtype::f32);
    ref const variance = s.add<op::add_const>({.const_val = n.eps}, {mean_of_rows(s, squares)});
    ref y = s.add<op::mul>({}, {centre, s.add<op::rsqrt>({}, {variance})}, dtype::f32);
    y = s.reshaped(y, n.whole);
    if (weight) y = s.add<op::mul>({}, {y, factors_of(g, s, weight, n.factors)});
    if (bias) y = s.add<op::add>({}, {y, factors_of(g, s, bias, n.factors)});
    s.finish(y);
}

} // namespace tpu_convert::bm1684x_rewrite
