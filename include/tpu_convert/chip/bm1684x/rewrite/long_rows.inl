#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/rewrite/long_positions.hpp>
#include <tpu_convert/chip/bm1684x/rewrite/long_rows.hpp>
#include <tpu_convert/chip/bm1684x/rewrite/row_blocks.hpp>
#include <tpu_convert/chip/bm1684x/rewrite/spread_normalization.hpp>
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/max_pool.hpp>
#include <tpu_convert/op/relu.hpp>
#include <tpu_convert/schedule/node_plan.hpp>
#include <tpu_convert/schedule/timed_tiles.hpp>

namespace tpu_convert::bm1684x_rewrite {

namespace detail {

// Whether the node's own kernel has a tile that fits, and commands that hold its sizes.
inline bool fits(graph const& g, graph::id v) {
    try {
        auto const plan = plan_of<bm1684x>(g, v);
        auto const* k = std::get_if<kernel_plan<bm1684x>>(&plan);
        return !k || find_tiles<bm1684x>(g[v].results[0].name, *k, search_effort{}, 0.0);
    } catch (model_error const&) {
        return false;
    }
}

// Neighbours that are reduced are one axis, the last ones first.
inline void reduce_by_blocks(graph& g, graph::id v) {
    auto const a = pass::attributes<op::reduce>(g, v);
    ref y = pass::operand(g, v, 0);
    shape dims = g[y].dims;
    auto gone = tpu_convert::detail::axis_set(op::reduce::name, a.axes, dims.size());
    typed_steps s(g, v);
    std::int64_t elements = 1;
    for (std::size_t end = dims.size(); end > 0; --end) {
        if (!gone[end - 1]) continue;
        std::size_t first = end - 1;
        while (first > 0 && (gone[first - 1] || dims[first - 1] == 1)) --first;
        axis_blocks const b = axis_blocks::around(dims, end - 1);
        std::int64_t length = 1;
        for (std::size_t i = first; i < end; ++i) length *= std::exchange(dims[i], 1);
        elements *= length;
        y = reduced_rows(s, s.reshaped(y, {element_count(dims) / b.inner, length, b.inner}),
                         a.mode == reduce_mode::mean ? reduce_mode::sum : a.mode);
        end = first + 1;
    }
    if (a.mode == reduce_mode::mean) y = s.add<op::mul_const>({.const_val = 1 / static_cast<double>(elements)}, {y});
    s.finish(y);
}

// A window that is the whole plane.
template <operation Op>
bool covers_plane(graph const& g, graph::id v) {
    auto const& a = pass::attributes<Op>(g, v);
    shape const& dims = g[pass::operand(g, v, 0)].dims;
    return std::equal(dims.begin() + 2, dims.end(), a.kernel_shape.begin(), a.kernel_shape.end()) &&
           std::all_of(a.pads.begin(), a.pads.end(), [](auto p) { return p == 0; }) &&
           element_count(g[v].results[0].dims) == dims[0] * dims[1];
}
template <operation Op>
void pool_by_blocks(graph& g, graph::id v) {
    auto const a = pass::attributes<Op>(g, v);
    ref const x = pass::operand(g, v, 0);
    std::int64_t const planes = g[x].dims[0] * g[x].dims[1], size = element_count(g[x].dims) / planes;
    typed_steps s(g, v);
    ref const rows = s.reshaped(x, {planes, size, 1});
    ref y = std::is_same_v<Op, op::avg_pool> ? mean_of_rows(s, rows) : reduced_rows(s, rows, reduce_mode::max);
    if (a.do_relu) y = s.add<op::relu>({.relu_limit = a.relu_limit}, {y});
    s.finish(y);
}

// A kernel's rows, and what does the same by blocks.
struct long_row {
    std::int64_t length = 0; // 0: none
    void (*cut)(graph&, graph::id) = nullptr;
};

inline long_row reduced_row(graph const& g, graph::id v) {
    constexpr std::size_t many_axes = 4; // they may alternate
    shape const& dims = g[pass::operand(g, v, 0)].dims;
    auto const gone = tpu_convert::detail::axis_set(op::reduce::name, pass::attributes<op::reduce>(g, v).axes, dims.size());
    std::int64_t length = 1;
    for (std::size_t i = 0; i < dims.size(); ++i) length *= gone[i] ? dims[i] : 1;
    return {dims.size() > many_axes ? std::numeric_limits<std::int64_t>::max() : length, reduce_by_blocks};
}
template <operation Op>
long_row plane_row(graph const& g, graph::id v) {
    if (!covers_plane<Op>(g, v)) return {};
    shape const& dims = g[pass::operand(g, v, 0)].dims;
    return {element_count(dims) / (dims[0] * dims[1]), pool_by_blocks<Op>};
}
template <operation Op>
long_row axis_row(graph const& g, graph::id v, void (*cut)(graph&, graph::id)) {
    shape const& dims = g[pass::operand(g, v, 0)].dims;
    return {dims[static_cast<std::size_t>(normal_axis(pass::attributes<Op>(g, v).axis, dims.size()))], cut};
}

inline long_row row_of(graph const& g, graph::id v) {
    if (pass::is<op::reduce>(g, v)) return reduced_row(g, v);
    if (pass::is<op::softmax>(g, v)) return axis_row<op::softmax>(g, v, spread_softmax);
    if (pass::is<op::arg>(g, v)) return axis_row<op::arg>(g, v, split_arg);
    if (pass::is<op::top_k>(g, v)) return axis_row<op::top_k>(g, v, split_top_k);
    if (pass::is<op::cum_sum>(g, v)) return axis_row<op::cum_sum>(g, v, split_cum_sum);
    if (pass::is<op::avg_pool>(g, v)) return plane_row<op::avg_pool>(g, v);
    if (pass::is<op::max_pool>(g, v)) return plane_row<op::max_pool>(g, v);
    if (auto const n = normalization_of(g, v)) return {n->length, spread_normalization};
    return {};
}

} // namespace detail

TPU_CONVERT_INLINE void cut_long_rows(graph& g) {
    constexpr std::int64_t short_row = 4096; // fits with all that any kernel has beside it
    bool any = false;
    pass::for_each_operation(g, [&](graph::id v) {
        ref const x = pass::operand(g, v, 0);
        if (!x || !is_float(g[x].type) || !is_float(g[v].results[0].type)) return;
        auto const row = detail::row_of(g, v);
        if (row.length <= short_row || element_count(g[x].dims) == 0 || detail::fits(g, v)) return;
        row.cut(g, v);
        any = true;
    });
    if (any) g.erase_unused();
}

} // namespace tpu_convert::bm1684x_rewrite
