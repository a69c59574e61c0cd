// Positions along axes that are longer than bf16 counts: the axis is cut into blocks, the number of the block and the place in it
// are found apart, and their sum is float32.
#pragma once
#include <bit>
#include <numeric>
#include <tpu_convert/chip/cv18xx/rewrite/typed_steps.hpp>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/op/arg.hpp>
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/compare.hpp>
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/cum_sum.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/mul_const.hpp>
#include <tpu_convert/op/pad.hpp>
#include <tpu_convert/op/reduce.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/op/top_k.hpp>

namespace tpu_convert::cv18xx_rewrite {

inline constexpr std::int64_t longest_axis = 256;
inline constexpr double lowest_bf16 = -0x1.fep127;

inline bool exact_in_bf16(std::int64_t x) {
    auto const f = static_cast<float>(x);
    return bf16_to_f32(f32_to_bf16(f)) == f;
}

// An axis as blocks of `length`, of which the last one may be filled up.
struct axis_blocks {
    std::int64_t outer = 1, inner = 1, count, length;
};
// Where each block begins is a number of bf16.
inline axis_blocks blocks_of(shape const& dims, std::size_t axis) {
    axis_blocks b{1, 1, (dims[axis] + longest_axis - 1) / longest_axis, longest_axis};
    for (std::size_t i = 0; i < axis; ++i) b.outer *= dims[i];
    for (std::size_t i = axis + 1; i < dims.size(); ++i) b.inner *= dims[i];
    for (std::int64_t length = longest_axis; length > 64; --length) {
        bool fits = dims[axis] % length == 0 && dims[axis] / length <= longest_axis;
        for (std::int64_t i = 1; fits && i < dims[axis] / length; ++i) fits = exact_in_bf16(i * length);
        if (fits) return {b.outer, b.inner, dims[axis] / length, length};
    }
    return b;
}

inline ref as_blocks(typed_steps& s, ref x, std::size_t axis, axis_blocks const& b, double fill) {
    shape const dims = s.dims(x);
    if (std::int64_t const more = b.count * b.length - dims[axis]; more > 0) {
        op::pad::attributes p;
        p.paddings.assign(2 * dims.size(), 0), p.paddings[dims.size() + axis] = more, p.val = fill;
        x = s.add<op::pad>(std::move(p), {x});
    }
    return s.reshaped(x, {b.outer, b.count, b.length, b.inner});
}

// step * 0, step * 1... along one of the axes.
inline ref numbers(typed_steps& s, shape dims, std::int64_t step, std::int64_t each = 1) {
    std::vector<float> values;
    for (std::int64_t i = 0; i < element_count(dims); ++i) values.push_back(static_cast<float>(i / each * step));
    return s.weight(tensor(std::move(dims), std::move(values)), dtype::bf16);
}

// The one that `chosen` (1 or 0) marks along an axis.
inline ref picked(typed_steps& s, ref chosen, ref from, std::int64_t axis) {
    return s.add<op::reduce>({.axes = {axis}, .keepdims = false, .mode = reduce_mode::max},
                             {s.add<op::mul>({}, {chosen, from})});
}

// The sum in float32: the second of two running sums.
inline ref sum_of(typed_steps& s, ref near, ref far) {
    std::int64_t const count = element_count(s.dims(near));
    ref const both = s.add<op::concat>({.axis = 0}, {s.reshaped(far, {1, count}), s.reshaped(near, {1, count})});
    op::cast::attributes wide;
    wide.to = std::string(info(dtype::f32).mlir_name);
    ref const sums = s.add<op::cum_sum>({.axis = 0}, {s.add<op::cast>(wide, {both}, dtype::f32)});
    return s.add<op::slice>({.offset = {1, 0}, .steps = {1, 1}, .ends = {2, count}}, {sums});
}

inline void split_arg(graph& g, graph::id v) {
    auto a = pass::attributes<op::arg>(g, v);
    ref const x = pass::operand(g, v, 0);
    auto const axis = static_cast<std::size_t>(normal_axis(a.axis, g[x].dims.size()));
    if (g[x].dims[axis] <= longest_axis || g[x].type != dtype::bf16 || g[v].results[0].type != dtype::f32) return;
    auto const b = blocks_of(g[x].dims, axis);
    if (b.count > longest_axis) return;
    typed_steps s(g, v);
    bool const most = a.mode == arg_mode::max;
    ref const blocks = as_blocks(s, x, axis, b, most ? lowest_bf16 : -lowest_bf16);
    a.axis = 2, a.keepdims = false;
    ref const place = s.add<op::arg>(a, {blocks});
    ref const best = s.add<op::reduce>(
        {.axes = {2}, .keepdims = false, .mode = most ? reduce_mode::max : reduce_mode::min}, {blocks});
    a.axis = 1, a.keepdims = true;
    ref const block = s.add<op::arg>(a, {best});
    ref const chosen = s.add<op::compare>({.mode = compare_mode::equal}, {block, numbers(s, {1, b.count, 1}, 1)});
    ref const far = s.add<op::mul_const>({.const_val = static_cast<double>(b.length)}, {block});
    s.finish(sum_of(s, picked(s, chosen, place, 1), far));
}

// The best of each block, then the best of these.
inline void split_top_k(graph& g, graph::id v) {
    auto a = pass::attributes<op::top_k>(g, v);
    ref const x = pass::operand(g, v, 0), positions{v, 1};
    shape const dims = g[x].dims;
    auto const axis = static_cast<std::size_t>(normal_axis(a.axis, dims.size()));
    if (dims[axis] <= longest_axis || g[x].type != dtype::bf16 || g[positions].type != dtype::f32) return;
    auto const b = blocks_of(dims, axis);
    std::int64_t const each = std::min(a.k, b.length), all = b.count * each;
    if (all > longest_axis) return;
    auto const readers = g.users(v);
    typed_steps s(g, v);
    op::top_k::attributes in_block = a;
    in_block.axis = 2, in_block.k = each;
    ref const best = s.add<op::top_k>(in_block, {as_blocks(s, x, axis, b, a.largest ? lowest_bf16 : -lowest_bf16)});
    shape joined = dims;
    joined[axis] = all;
    s.become<op::top_k>(a, {s.reshaped(best, joined)});
    g[positions].type = dtype::bf16;
    ref const number = s.reshaped(positions, {b.outer, a.k, 1, b.inner});
    ref const chosen = s.add<op::compare>({.mode = compare_mode::equal}, {number, numbers(s, {1, 1, all, 1}, 1)});
    ref const near = picked(s, chosen, s.reshaped({best.node, 1}, {b.outer, 1, all, b.inner}), 2);
    ref const far = picked(s, chosen, numbers(s, {1, 1, all, 1}, b.length, each), 2);
    ref const sum = s.reshaped(sum_of(s, near, far), g[positions].dims);
    for (auto const& u : readers)
        if (u.result == 1) g.set_operand(u.node, u.operand, sum);
    for (auto& o : g.outputs)
        if (o == positions) o = sum;
    std::swap(g[positions].name, g[sum].name);
}

} // namespace tpu_convert::cv18xx_rewrite
