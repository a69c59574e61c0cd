// Axes as blocks: what goes over a long axis goes over each of its blocks, then over what these gave.
#pragma once
#include <limits>
#include <tpu_convert/op/arg.hpp>
#include <tpu_convert/op/compare.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/mul_const.hpp>
#include <tpu_convert/op/pad.hpp>
#include <tpu_convert/op/reduce.hpp>
#include <tpu_convert/op/top_k.hpp>
#include <tpu_convert/pass/typed_steps.hpp>

namespace tpu_convert::pass {

// The lowest finite number.
inline double lowest_float(dtype t) {
    constexpr double wide = std::numeric_limits<float>::lowest();
    return t == dtype::f16 ? -65504.0 : t == dtype::bf16 ? -0x1.fep127 : wide;
}

// `count` blocks of `length`, of which the last one may be filled up.
struct axis_blocks {
    std::int64_t outer = 1, inner = 1, count = 1, length = 1;

    static axis_blocks around(shape const& dims, std::size_t axis) {
        axis_blocks b;
        for (std::size_t i = 0; i < axis; ++i) b.outer *= dims[i];
        for (std::size_t i = axis + 1; i < dims.size(); ++i) b.inner *= dims[i];
        return b;
    }
};

inline ref as_blocks(typed_steps& s, ref x, std::size_t axis, axis_blocks const& b, double fill) {
    shape const dims = s.dims(x);
    if (std::int64_t const more = b.count * b.length - dims[axis]; more > 0) {
        op::pad::attributes p;
        p.paddings.assign(2 * dims.size(), 0), p.paddings[dims.size() + axis] = more, p.val = fill;
        x = s.add<op::pad>(std::move(p), {x});
    }
    return s.reshaped(x, {b.outer, b.count, b.length, b.inner});
}

// How places are found: what fills the last block up and never wins, the type that counts, sum(steps, near, far).
template <class Sum>
struct place_search {
    axis_blocks blocks;
    double fill;
    dtype counts;
    Sum sum;
};
template <class Sum>
place_search(axis_blocks, double, dtype, Sum) -> place_search<Sum>;

namespace detail {

// 0, step, 2 step... along one of the axes, each number `each` times.
inline ref numbers(typed_steps& s, shape dims, dtype type, std::int64_t step, std::int64_t each = 1) {
    std::vector<float> values;
    for (std::int64_t i = 0; i < element_count(dims); ++i) values.push_back(static_cast<float>(i / each * step));
    return s.weight(tensor(std::move(dims), std::move(values)), type);
}

// The one that `chosen` (1 or 0) marks along an axis.
inline ref picked(typed_steps& s, ref chosen, ref from, std::int64_t axis) {
    return s.add<op::reduce>({.axes = {axis}, .keepdims = false, .mode = reduce_mode::max},
                             {s.add<op::mul>({}, {chosen, from})});
}

} // namespace detail

// The place in each block, then the block.
template <class Sum>
void arg_by_blocks(graph& g, graph::id v, place_search<Sum> const& p) {
    auto a = attributes<op::arg>(g, v);
    ref const x = operand(g, v, 0);
    auto const axis = static_cast<std::size_t>(normal_axis(a.axis, g[x].dims.size()));
    auto const& b = p.blocks;
    typed_steps s(g, v);
    ref const blocks = as_blocks(s, x, axis, b, p.fill);
    a.axis = 2, a.keepdims = false;
    ref const place = s.add<op::arg>(a, {blocks}, p.counts);
    ref const best = s.add<op::reduce>(
        {.axes = {2}, .keepdims = false, .mode = a.mode == arg_mode::max ? reduce_mode::max : reduce_mode::min}, {blocks});
    a.axis = 1, a.keepdims = true;
    ref const block = s.add<op::arg>(a, {best}, p.counts);
    ref const chosen = s.add<op::compare>({.mode = compare_mode::equal},
                                          {block, detail::numbers(s, {1, b.count, 1}, p.counts, 1)});
    ref const far = s.add<op::mul_const>({.const_val = static_cast<double>(b.length)}, {block});
    s.finish(p.sum(s, detail::picked(s, chosen, place, 1), far));
}

// The best of each block, then the best of these. The node must have both results.
template <class Sum>
void top_k_by_blocks(graph& g, graph::id v, place_search<Sum> const& p) {
    auto a = attributes<op::top_k>(g, v);
    ref const x = operand(g, v, 0), positions{v, 1};
    shape const dims = g[x].dims;
    auto const axis = static_cast<std::size_t>(normal_axis(a.axis, dims.size()));
    auto const& b = p.blocks;
    std::int64_t const each = std::min(a.k, b.length), all = b.count * each;
    auto const readers = g.users(v);
    typed_steps s(g, v);
    op::top_k::attributes in_block = a;
    in_block.axis = 2, in_block.k = each;
    ref const best = s.add<op::top_k>(in_block, {as_blocks(s, x, axis, b, p.fill)});
    g[{best.node, 1}].type = p.counts;
    shape joined = dims;
    joined[axis] = all;
    s.become<op::top_k>(a, {s.reshaped(best, joined)});
    g[positions].type = p.counts;
    ref const number = s.reshaped(positions, {b.outer, a.k, 1, b.inner});
    ref const chosen = s.add<op::compare>({.mode = compare_mode::equal},
                                          {number, detail::numbers(s, {1, 1, all, 1}, p.counts, 1)});
    ref const near = detail::picked(s, chosen, s.reshaped({best.node, 1}, {b.outer, 1, all, b.inner}), 2);
    ref const far = detail::picked(s, chosen, detail::numbers(s, {1, 1, all, 1}, p.counts, b.length, each), 2);
    ref const sum = s.reshaped(p.sum(s, near, far), g[positions].dims);
    for (auto const& u : readers)
        if (u.result == 1) g.set_operand(u.node, u.operand, sum);
    for (auto& o : g.outputs)
        if (o == positions) o = sum;
    std::swap(g[positions].name, g[sum].name);
}

} // namespace tpu_convert::pass
