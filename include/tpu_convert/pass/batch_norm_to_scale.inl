// Rewrite: gamma (x - mean) / sqrt(variance + eps) + beta as scale x + bias.
#pragma once
#include <tpu_convert/op/batch_norm.hpp>
#include <tpu_convert/op/scale.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

inline void batch_norm_to_scale(graph& g, graph::id v) {
    auto const bn = attributes<op::batch_norm>(g, v);
    ref const x = operand(g, v, 0);
    auto const* mean = weight(g, operand(g, v, 1));
    auto const* variance = weight(g, operand(g, v, 2));
    ref const gamma_ref = operand(g, v, 3), beta_ref = operand(g, v, 4);
    auto const *gamma = weight(g, gamma_ref), *beta = weight(g, beta_ref);
    auto const rank = g[x].dims.size();
    if (!mean || !variance || (gamma_ref && !gamma) || (beta_ref && !beta) || rank < 2) return;
    shape dims(rank, 1);
    auto const channels = dims[1] = g[x].dims[1];
    for (auto const* w : {mean, variance, gamma, beta})
        if (w && w->size() != channels) return;
    tensor scale{dims}, bias{dims};
    for (std::int64_t c = 0; c < channels; ++c) {
        double const s = (gamma ? (*gamma)[c] : 1.0) / std::sqrt(static_cast<double>((*variance)[c]) + bn.epsilon);
        scale[c] = static_cast<float>(s);
        bias[c] = static_cast<float>((beta ? (*beta)[c] : 0.0) - s * (*mean)[c]);
    }
    op::scale::attributes a;
    a.do_relu = bn.do_relu;
    a.relu_limit = bn.relu_limit;
    auto const name = g[v].results[0].name;
    ref const s = add_weight(g, name + "_scale", std::move(scale)), b = add_weight(g, name + "_bias", std::move(bias));
    become<op::scale>(g, v, a, {x, s, b});
}

} // namespace detail

TPU_CONVERT_INLINE void batch_norm_to_scale(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (is<op::batch_norm>(g, v)) detail::batch_norm_to_scale(g, v);
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
