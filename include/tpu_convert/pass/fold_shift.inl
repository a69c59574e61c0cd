// Rewrite: a number that is added before a convolution goes into its bias: f(x + b) = f(x) + b W, if x is padded with -b.
#pragma once
#include <algorithm>
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/op/sub_const.hpp>
#include <tpu_convert/op/window_padding.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

inline std::optional<double> added_number(graph const& g, ref r) {
    if (is<op::add_const>(g, r)) {
        auto const& a = attributes<op::add_const>(g, r.node);
        return a.do_relu ? std::nullopt : std::optional(a.const_val);
    }
    if (!is<op::sub_const>(g, r)) return std::nullopt;
    auto const& a = attributes<op::sub_const>(g, r.node);
    return a.do_relu || a.is_reverse ? std::nullopt : std::optional(-a.const_val);
}

// The sum that the convolution's input is, behind what only moves elements; nothing if anybody else reads it.
inline ref shifted_operand(graph const& g, graph::id v) {
    ref r = operand(g, v, 0);
    while ((is<op::permute>(g, r) || is<op::reshape>(g, r)) && used_once(g, r)) r = operand(g, r, 0);
    return added_number(g, r) && used_once(g, r) && !g.is_output(r) ? r : ref{};
}

inline tensor shifted_bias(tensor const& filter, tensor const* bias, double shift) {
    std::int64_t const channels = filter.dim(0), each = filter.size() / channels;
    tensor made{{channels}};
    for (std::int64_t c = 0; c < channels; ++c) {
        double sum = 0;
        for (std::int64_t i = 0; i < each; ++i) sum += filter[c * each + i];
        made[c] = static_cast<float>(shift * sum + (bias ? (*bias)[bias->size() == 1 ? 0 : c] : 0.0));
    }
    return made;
}

inline void fold_shift(graph& g, graph::id v) {
    ref const sum = shifted_operand(g, v), old_bias = operand(g, v, 2);
    auto const* filter = weight(g, operand(g, v, 1));
    auto const rank = g[v].results[0].dims.size();
    auto a = attributes<op::conv>(g, v);
    if (!sum || !filter || filter->size() == 0 || (old_bias && !weight(g, old_bias)) || a.pads.size() != 2 * (rank - 2)) return;
    bool const padded = std::any_of(a.pads.begin(), a.pads.end(), [](std::int64_t p) { return p != 0; });
    ref const before = operand(g, sum, 0);
    // The number that pads must be among those that quantization finds for what it pads.
    if (padded && (g[before.node].kind != node_kind::operation || !used_once(g, before))) return;
    double const shift = *added_number(g, sum);
    auto const name = g[v].results[0].name;
    ref const bias = add_weight(g, name + "_bias", shifted_bias(*filter, weight(g, old_bias), shift));
    g.replace_uses(sum, before);
    ref x = operand(g, v, 0);
    if (padded) {
        auto const pad = op::window_padding(a.pads, rank, -shift);
        shape dims = g[x].dims;
        for (std::size_t i = 0; i < rank; ++i) dims[i] += pad.paddings[i] + pad.paddings[rank + i];
        x = add_operation<op::pad>(g, name + "_pad", dims, pad, {x});
        std::fill(a.pads.begin(), a.pads.end(), 0);
    }
    become<op::conv>(g, v, a, {x, operand(g, v, 1), bias});
}

} // namespace detail

// A sum's result is far from 0 where what it is made of is near: in 16 bits it loses what the bias, which has 32, keeps.
TPU_CONVERT_INLINE void fold_shift(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (is<op::conv>(g, v)) detail::fold_shift(g, v);
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
