// Rewrite: gathers at constant, evenly spaced positions.
#pragma once
#include <tpu_convert/op/gather.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

// First position and step, if the positions are evenly spaced forward.
inline std::optional<std::pair<std::int64_t, std::int64_t>> even_positions(tensor const& indices, std::int64_t size) {
    if (indices.size() == 0) return std::nullopt;
    auto const at = [&](std::int64_t i) {
        auto const p = static_cast<std::int64_t>(indices[i]);
        return p < 0 ? p + size : p;
    };
    auto const step = indices.size() > 1 ? at(1) - at(0) : 1;
    if (step < 1 || at(0) < 0 || at(indices.size() - 1) >= size) return std::nullopt;
    for (std::int64_t i = 1; i < indices.size(); ++i)
        if (at(i) - at(i - 1) != step) return std::nullopt;
    return std::pair{at(0), step};
}

inline void gather_to_slice(graph& g, graph::id v) {
    ref const from = operand(g, v, 0);
    auto const* indices = weight(g, operand(g, v, 1));
    if (!indices || indices->rank() > 1 || weight(g, from)) return;
    auto dims = g[from].dims;
    auto const axis = static_cast<std::size_t>(normal_axis(attributes<op::gather>(g, v).axis, dims.size()));
    auto const positions = even_positions(*indices, dims[axis]);
    if (!positions) return;
    op::slice::attributes a;
    a.offset.assign(dims.size(), 0);
    a.steps.assign(dims.size(), 1);
    a.ends = dims;
    a.offset[axis] = positions->first;
    a.steps[axis] = positions->second;
    a.ends[axis] = positions->first + (indices->size() - 1) * positions->second + 1;
    dims[axis] = indices->size();
    if (dims == g[v].results[0].dims) return become<op::slice>(g, v, a, {from});
    ref const part = add_operation<op::slice>(g, g[v].results[0].name + "_slice", dims, a, {from});
    op::reshape::attributes r;
    r.new_shape = g[v].results[0].dims;
    become<op::reshape>(g, v, r, {part});
}

} // namespace detail

TPU_CONVERT_INLINE void gather_to_slice(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (is<op::gather>(g, v)) detail::gather_to_slice(g, v);
    });
}

} // namespace tpu_convert::pass
