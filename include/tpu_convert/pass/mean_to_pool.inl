// Rewrite: the mean over both spatial axes.
#pragma once
#include <algorithm>
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/reduce.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

inline void mean_to_pool(graph& g, graph::id v) {
    auto const& reduce = attributes<op::reduce>(g, v);
    ref const x = operand(g, v, 0);
    auto const dims = g[x].dims;
    auto axes = reduce.axes;
    for (auto& axis : axes) axis = normal_axis(axis, dims.size());
    std::sort(axes.begin(), axes.end());
    if (reduce.mode != reduce_mode::mean || dims.size() != 4 || axes != std::vector<std::int64_t>{2, 3}) return;
    op::avg_pool::attributes a;
    a.kernel_shape = {dims[2], dims[3]};
    a.strides = {1, 1};
    a.pads = {0, 0, 0, 0};
    if (reduce.keepdims) return become<op::avg_pool>(g, v, a, {x});
    ref const pool = add_operation<op::avg_pool>(g, g[v].results[0].name + "_pool", {dims[0], dims[1], 1, 1}, a, {x});
    op::reshape::attributes r;
    r.new_shape = g[v].results[0].dims;
    become<op::reshape>(g, v, r, {pool});
}

} // namespace detail

TPU_CONVERT_INLINE void mean_to_pool(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (is<op::reduce>(g, v)) detail::mean_to_pool(g, v);
    });
}

} // namespace tpu_convert::pass
