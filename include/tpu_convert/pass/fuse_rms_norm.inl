// Rewrite: root-mean-square normalization.
#pragma once
#include <algorithm>
#include <tpu_convert/op/rms_norm.hpp>
#include <tpu_convert/pass/normalization_parts.hpp>
#include <tpu_convert/pass/passes.hpp>

namespace tpu_convert::pass {

namespace detail {

inline void fuse_rms_norm(graph& g, graph::id v) {
    auto const quotient = root_quotient_of(g, v);
    auto const mean = quotient ? trailing_mean_of(g, quotient->mean) : std::nullopt;
    if (!mean || square_of(g, mean->x) != quotient->dividend) return;
    ref const x = quotient->dividend;
    op::rms_norm::attributes a;
    a.axis = mean->axis;
    a.eps = quotient->eps;
    std::vector<ref> operands{x, {}};
    shape const normalized(g[x].dims.begin() + a.axis, g[x].dims.end());
    if (auto const scale = weighted_user_of<op::mul>(g, v, normalized)) {
        operands[1] = scale->weight;
        v = scale->user;
    }
    become<op::rms_norm>(g, v, a, operands);
}

} // namespace detail

TPU_CONVERT_INLINE void fuse_rms_norm(graph& g) {
    for_each_operation(g, [&](graph::id v) { detail::fuse_rms_norm(g, v); });
    g.erase_unused();
}

} // namespace tpu_convert::pass
