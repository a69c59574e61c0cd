// Rewrite: many names of reshaping, repeating and cutting become one each.
#pragma once
#include <tpu_convert/op/expand.hpp>
#include <tpu_convert/op/flatten.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/op/split.hpp>
#include <tpu_convert/op/squeeze.hpp>
#include <tpu_convert/op/tile.hpp>
#include <tpu_convert/op/unsqueeze.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

inline void to_reshape(graph& g, graph::id v) {
    op::reshape::attributes a;
    a.new_shape = g[v].results[0].dims;
    become<op::reshape>(g, v, a, {operand(g, v, 0)});
}

inline void expand_to_tile(graph& g, graph::id v) {
    ref from = operand(g, v, 0);
    auto const dims = g[v].results[0].dims;
    shape aligned(dims.size() - g[from].dims.size(), 1);
    aligned.insert(aligned.end(), g[from].dims.begin(), g[from].dims.end());
    if (aligned == dims) return to_reshape(g, v);
    if (aligned != g[from].dims) {
        op::reshape::attributes r;
        r.new_shape = aligned;
        from = add_operation<op::reshape>(g, g[v].results[0].name + "_aligned", aligned, r, {from});
    }
    op::tile::attributes t;
    t.repeats.emplace();
    for (std::size_t i = 0; i < dims.size(); ++i) t.repeats->push_back(aligned[i] == dims[i] ? 1 : dims[i]);
    become<op::tile>(g, v, t, {from});
}

inline void split_to_slices(graph& g, graph::id v) {
    ref const from = operand(g, v, 0);
    auto const axis = static_cast<std::size_t>(normal_axis(attributes<op::split>(g, v).axis, g[from].dims.size()));
    auto const parts = g[v].results;
    std::int64_t first = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        op::slice::attributes a;
        a.offset.assign(parts[i].dims.size(), 0);
        a.steps.assign(parts[i].dims.size(), 1);
        a.ends = g[from].dims;
        a.offset[axis] = first;
        a.ends[axis] = first += parts[i].dims[axis];
        g[v].results[i].name = parts[i].name + "_split"; // frees the name
        ref const slice = add_operation<op::slice>(g, parts[i].name, parts[i].dims, a, {from});
        g.replace_uses({v, i}, slice);
    }
    g.erase(v);
}

} // namespace detail

TPU_CONVERT_INLINE void unify_movement(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (is<op::squeeze>(g, v) || is<op::unsqueeze>(g, v) || is<op::flatten>(g, v)) detail::to_reshape(g, v);
        else if (is<op::expand>(g, v)) detail::expand_to_tile(g, v);
        else if (is<op::split>(g, v)) detail::split_to_slices(g, v);
    });
}

} // namespace tpu_convert::pass
