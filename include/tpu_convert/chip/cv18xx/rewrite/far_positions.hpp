// Positions along axes that are longer than bf16 counts: the axis is cut into blocks, the number of the block and the place in it
// are found apart, and their sum is float32.
#pragma once
#include <tpu_convert/chip/cv18xx/rewrite/steps.hpp>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/cum_sum.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/pass/axis_blocks.hpp>

namespace tpu_convert::cv18xx_rewrite {

inline constexpr std::int64_t longest_axis = 256;
inline constexpr double lowest_bf16 = -0x1.fep127;

inline bool exact_in_bf16(std::int64_t x) {
    auto const f = static_cast<float>(x);
    return bf16_to_f32(f32_to_bf16(f)) == f;
}

// Where each block begins is a number of bf16.
inline pass::axis_blocks blocks_of(shape const& dims, std::size_t axis) {
    auto b = pass::axis_blocks::around(dims, axis);
    b.count = (dims[axis] + longest_axis - 1) / longest_axis, b.length = longest_axis;
    for (std::int64_t length = longest_axis; length > 64; --length) {
        bool fits = dims[axis] % length == 0 && dims[axis] / length <= longest_axis;
        for (std::int64_t i = 1; fits && i < dims[axis] / length; ++i) fits = exact_in_bf16(i * length);
        if (fits) return {b.outer, b.inner, dims[axis] / length, length};
    }
    return b;
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
    auto const& a = pass::attributes<op::arg>(g, v);
    value const& x = g[pass::operand(g, v, 0)];
    auto const axis = static_cast<std::size_t>(normal_axis(a.axis, x.dims.size()));
    if (x.dims[axis] <= longest_axis || x.type != dtype::bf16 || g[v].results[0].type != dtype::f32) return;
    auto const b = blocks_of(x.dims, axis);
    if (b.count > longest_axis) return;
    pass::arg_by_blocks(g, v, pass::place_search{b, a.mode == arg_mode::max ? lowest_bf16 : -lowest_bf16, dtype::bf16, sum_of});
}

inline void split_top_k(graph& g, graph::id v) {
    auto const& a = pass::attributes<op::top_k>(g, v);
    value const& x = g[pass::operand(g, v, 0)];
    auto const axis = static_cast<std::size_t>(normal_axis(a.axis, x.dims.size()));
    if (x.dims[axis] <= longest_axis || x.type != dtype::bf16 || g[{v, 1}].type != dtype::f32) return;
    auto const b = blocks_of(x.dims, axis);
    if (b.count * std::min(a.k, b.length) > longest_axis) return;
    pass::top_k_by_blocks(g, v, pass::place_search{b, a.largest ? lowest_bf16 : -lowest_bf16, dtype::bf16, sum_of});
}

} // namespace tpu_convert::cv18xx_rewrite
