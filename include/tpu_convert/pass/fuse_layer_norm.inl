// Rewrite: layer normalization.
#pragma once
#include <algorithm>
#include <tpu_convert/op/layer_norm.hpp>
#include <tpu_convert/op/sub.hpp>
#include <tpu_convert/pass/normalization_parts.hpp>
#include <tpu_convert/pass/passes.hpp>

namespace tpu_convert::pass {

namespace detail {

// x and axis of r = x - mean(x).
inline std::optional<trailing_mean> centred(graph const& g, ref r) {
    if (!is<op::sub>(g, r)) return std::nullopt;
    auto const& a = attributes<op::sub>(g, r.node);
    auto const mean = trailing_mean_of(g, operand(g, r, 1));
    if (!mean || a.is_reverse || a.do_relu || a.coeff || mean->x != operand(g, r, 0)) return std::nullopt;
    return mean;
}

inline void fuse_layer_norm(graph& g, graph::id v) {
    auto const quotient = root_quotient_of(g, v);
    auto const numerator = quotient ? centred(g, quotient->dividend) : std::nullopt;
    auto const variance = numerator ? trailing_mean_of(g, quotient->mean) : std::nullopt;
    auto const deviation = variance ? centred(g, square_of(g, variance->x)) : std::nullopt;
    if (!deviation || deviation->x != numerator->x || deviation->axis != numerator->axis || variance->axis != numerator->axis)
        return;

    op::layer_norm::attributes a;
    auto const& dims = g[numerator->x].dims;
    a.axis = numerator->axis;
    a.eps = quotient->eps;
    a.normalized_shape.assign(dims.begin() + a.axis, dims.end());
    std::vector<ref> operands{numerator->x, {}, {}};
    if (auto const scale = weighted_user_of<op::mul>(g, v, a.normalized_shape)) {
        operands[1] = scale->weight;
        v = scale->user;
        if (auto const shift = weighted_user_of<op::add>(g, v, a.normalized_shape)) {
            operands[2] = shift->weight;
            v = shift->user;
        }
    }
    become<op::layer_norm>(g, v, a, operands);
}

} // namespace detail

TPU_CONVERT_INLINE void fuse_layer_norm(graph& g) {
    for_each_operation(g, [&](graph::id v) { detail::fuse_layer_norm(g, v); });
    g.erase_unused();
}

} // namespace tpu_convert::pass
