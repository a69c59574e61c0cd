// Rewrite: every g-th channel, written as a transposition of [C / g, g] and one row of the result, is a slice with step g.
#pragma once
#include <algorithm>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

// The row that a slice takes of the first axis, if it takes one row of it and all of the others.
inline std::optional<std::int64_t> single_row(graph const& g, ref slice) {
    if (!is<op::slice>(g, slice)) return std::nullopt;
    auto const &from = g[operand(g, slice, 0)].dims, &to = g[slice].dims;
    if (from.empty() || to[0] != 1 || !std::equal(from.begin() + 1, from.end(), to.begin() + 1)) return std::nullopt;
    auto const& a = attributes<op::slice>(g, slice.node);
    if (a.offset.size() != from.size() || !a.axes.empty() ||
        std::any_of(a.steps.begin(), a.steps.end(), [](auto s) { return s < 1; }))
        return std::nullopt;
    return normal_axis(a.offset[0], static_cast<std::size_t>(from[0]));
}

// v is the reshape at the end: x [1, C, ...], [C / g, g, rest], [g, C / g, rest], [g, ...], [1, ...], [1, C / g, ...].
inline void fuse_channel_split(graph& g, graph::id v) {
    ref const slice = operand(g, v, 0);
    auto const row = single_row(g, slice);
    if (!row) return;
    ref rows = operand(g, slice, 0);
    if (is<op::reshape>(g, rows)) rows = operand(g, rows, 0);
    if (!is<op::permute>(g, rows) || attributes<op::permute>(g, rows.node).order != std::vector<std::int64_t>{1, 0, 2}) return;
    ref const parted = operand(g, rows, 0), x = is<op::reshape>(g, parted) ? operand(g, parted, 0) : parted;
    auto const &dims = g[x].dims, &wanted = g[v].results[0].dims;
    auto const groups = g[parted].dims[1], each = g[parted].dims[0];
    if (g[operand(g, slice, 0)].dims[0] != groups || dims.size() < 3 || dims[0] != 1 || dims[1] != groups * each) return;
    if (wanted.size() != dims.size() || wanted[0] != 1 || wanted[1] != each ||
        !std::equal(dims.begin() + 2, dims.end(), wanted.begin() + 2))
        return;
    op::slice::attributes a;
    a.offset.assign(dims.size(), 0);
    a.steps.assign(dims.size(), 1);
    a.ends = dims;
    a.offset[1] = *row;
    a.steps[1] = groups;
    become<op::slice>(g, v, a, {x});
}

} // namespace detail

TPU_CONVERT_INLINE void fuse_channel_split(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (is<op::reshape>(g, v)) detail::fuse_channel_split(g, v);
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
