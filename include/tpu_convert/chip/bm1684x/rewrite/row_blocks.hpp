// Reductions of long rows by blocks, in one step for each axis.
#pragma once
#include <tpu_convert/op/reduce.hpp>
#include <tpu_convert/pass/axis_blocks.hpp>

namespace tpu_convert::bm1684x_rewrite {

using pass::axis_blocks;
using pass::lowest_float;
using pass::ref;
using pass::typed_steps;

// Nearly as many blocks as elements in each; none is filled up if the length has such divisors.
inline axis_blocks even_blocks(shape const& dims, std::size_t axis) {
    constexpr std::int64_t most_uneven = 8;
    auto b = axis_blocks::around(dims, axis);
    std::int64_t const n = dims[axis];
    std::int64_t root = 1;
    while ((root + 1) * (root + 1) <= n) ++root;
    for (b.count = root; b.count * most_uneven > root && n % b.count != 0;) --b.count;
    if (b.count < 1 || n % b.count != 0) b.count = root;
    b.length = (n + b.count - 1) / b.count;
    return b;
}

// What a block is filled up with changes nothing.
inline double neutral_of(reduce_mode mode, dtype t) {
    switch (mode) {
    case reduce_mode::max: return lowest_float(t);
    case reduce_mode::min: return -lowest_float(t);
    case reduce_mode::prod: return 1;
    default: return 0;
    }
}

// x is [outer, n, inner], the result [outer, 1, inner]; a mean is what its caller makes of the sum.
inline ref reduced_rows(typed_steps& s, ref x, reduce_mode mode) {
    constexpr std::int64_t short_row = 256;
    bool const chooses = mode == reduce_mode::max || mode == reduce_mode::min;
    dtype const t = chooses ? s.type(x) : dtype::f32;
    auto const over = [&](ref from, std::int64_t axis, bool keep) {
        return s.add<op::reduce>({.axes = {axis}, .keepdims = keep, .mode = mode}, {from}, t);
    };
    if (s.dims(x)[1] <= short_row) return over(x, 1, true);
    auto const b = even_blocks(s.dims(x), 1);
    return over(over(pass::as_blocks(s, x, 1, b, neutral_of(mode, s.type(x))), 2, false), 1, true);
}
inline ref mean_of_rows(typed_steps& s, ref x) {
    auto const n = static_cast<double>(s.dims(x)[1]);
    return s.add<op::mul_const>({.const_val = 1 / n}, {reduced_rows(s, x, reduce_mode::sum)});
}

} // namespace tpu_convert::bm1684x_rewrite
