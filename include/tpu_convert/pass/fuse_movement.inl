// Rewrite: chains of reshapes and permutes.
#pragma once
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

inline void become_reshape(graph& g, graph::id v, ref from) {
    op::reshape::attributes a;
    a.new_shape = g[v].results[0].dims;
    become<op::reshape>(g, v, a, {from});
}

// Axes of size 1 may go anywhere: the elements keep their order if the others do.
inline bool moves_nothing(shape const& dims, std::vector<std::int64_t> const& order) {
    std::int64_t last = -1;
    for (auto const axis : order) {
        if (dims[static_cast<std::size_t>(axis)] == 1) continue;
        if (axis < last) return false;
        last = axis;
    }
    return true;
}

inline void fuse_permute(graph& g, graph::id v) {
    ref from = operand(g, v, 0);
    if (is<op::permute>(g, from)) {
        auto const inner = attributes<op::permute>(g, from.node).order;
        auto a = attributes<op::permute>(g, v);
        for (auto& axis : a.order) axis = inner[static_cast<std::size_t>(axis)];
        from = operand(g, from, 0);
        become<op::permute>(g, v, a, {from});
    }
    if (moves_nothing(g[from].dims, attributes<op::permute>(g, v).order)) become_reshape(g, v, from);
}

} // namespace detail

TPU_CONVERT_INLINE void fuse_movement(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (is<op::permute>(g, v)) detail::fuse_permute(g, v);
        if (!is<op::reshape>(g, v)) return;
        ref from = operand(g, v, 0);
        while (is<op::reshape>(g, from)) from = operand(g, from, 0);
        if (g[from].dims == g[v].results[0].dims && bypass(g, v, from)) return;
        detail::become_reshape(g, v, from);
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
