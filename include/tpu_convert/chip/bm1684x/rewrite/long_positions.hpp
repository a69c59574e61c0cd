// Positions and running sums along axes that do not fit in a lane, by blocks.
#pragma once
#include <algorithm>
#include <tpu_convert/chip/bm1684x/rewrite/row_blocks.hpp>
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/cum_sum.hpp>
#include <tpu_convert/op/min_const.hpp>
#include <tpu_convert/op/slice.hpp>

namespace tpu_convert::bm1684x_rewrite {

// Whole numbers, which float32 holds; of equal elements the first (or last) one of the first (or last) block counts.
inline void split_arg(graph& g, graph::id v) {
    auto const a = pass::attributes<op::arg>(g, v);
    value const& x = g[pass::operand(g, v, 0)];
    auto const axis = static_cast<std::size_t>(normal_axis(a.axis, x.dims.size()));
    auto const b = even_blocks(x.dims, axis);
    std::int64_t const n = x.dims[axis];
    bool const clamps = a.select_last_index && b.count * b.length > n; // what fills up is found only where all are as low
    auto const sum = [=](typed_steps& s, ref near, ref far) {
        ref const y = s.add<op::add>({}, {s.reshaped(near, s.dims(far)), far});
        return clamps ? s.add<op::min_const>({.const_val = static_cast<double>(n - 1)}, {y}) : y;
    };
    double const fill = a.mode == arg_mode::max ? lowest_float(x.type) : -lowest_float(x.type);
    pass::arg_by_blocks(g, v, pass::place_search{b, fill, dtype::f32, sum});
}

// Few blocks where many elements are wanted, since as many come from each.
inline void split_top_k(graph& g, graph::id v) {
    auto const a = pass::attributes<op::top_k>(g, v);
    value const& x = g[pass::operand(g, v, 0)];
    if (g[v].results.size() < 2 || g[v].results[1].type != dtype::f32) return;
    auto const axis = static_cast<std::size_t>(normal_axis(a.axis, x.dims.size()));
    std::int64_t const n = x.dims[axis];
    for (std::int64_t const most : {1024, 4096, 8192, 10000}) { // elements that the kernel has room for
        auto b = axis_blocks::around(x.dims, axis);
        b.count = (n + most - 1) / most, b.length = (n + b.count - 1) / b.count;
        if (b.count * std::min(a.k, b.length) > std::max<std::int64_t>(most, 4096)) continue;
        auto const sum = [](typed_steps& s, ref near, ref far) { return s.add<op::add>({}, {near, far}); };
        double const fill = a.largest ? lowest_float(x.type) : -lowest_float(x.type);
        pass::top_k_by_blocks(g, v, pass::place_search{b, fill, dtype::f32, sum});
        return;
    }
}

// Sums of each block, and before each block the sum of those in front.
inline void split_cum_sum(graph& g, graph::id v) {
    ref const x = pass::operand(g, v, 0);
    shape const dims = g[x].dims;
    auto const axis = static_cast<std::size_t>(normal_axis(pass::attributes<op::cum_sum>(g, v).axis, dims.size()));
    auto const b = even_blocks(dims, axis);
    typed_steps s(g, v);
    ref const inside = s.add<op::cum_sum>({.axis = 2}, {pass::as_blocks(s, x, axis, b, 0)}, dtype::f32);
    ref const last = s.add<op::slice>({.offset = {b.length - 1}, .steps = {1}, .ends = {b.length}, .axes = {2}}, {inside});
    ref const sums = s.add<op::cum_sum>({.axis = 1}, {last});
    op::pad::attributes later;
    later.paddings = {0, 1, 0, 0, 0, -1, 0, 0};
    ref const before = s.add<op::pad>(later, {sums});
    ref y = s.reshaped(s.add<op::add>({}, {inside, before}), {b.outer, b.count * b.length, b.inner});
    if (b.count * b.length > dims[axis])
        y = s.add<op::slice>({.offset = {0}, .steps = {1}, .ends = {dims[axis]}, .axes = {1}}, {y});
    s.finish(y);
}

} // namespace tpu_convert::bm1684x_rewrite
