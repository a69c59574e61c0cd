// Rewrite: s * f(x) + b for a convolution or product f with constant weights is f with weights s W and bias s bias + b.
#pragma once
#include <algorithm>
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/deconv.hpp>
#include <tpu_convert/op/mat_mul.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/mul_const.hpp>
#include <tpu_convert/op/scale.hpp>
#include <tpu_convert/op/sub_const.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

// y = scale[c] x + bias[c] for channel c.
struct channel_affine {
    ref x;
    std::vector<double> scale, bias;
};

// The elements of a weight by channel, if it varies along that axis only.
inline std::optional<std::vector<double>> by_channel(graph const& g, ref r, shape const& dims, std::size_t axis) {
    auto const* w = weight(g, r);
    auto const channels = dims[axis];
    if (!w || w->rank() > dims.size() || (w->size() != 1 && w->size() != channels)) return std::nullopt;
    if (w->size() != 1) {
        auto const shift = dims.size() - w->rank();
        if (axis < shift || w->dim(axis - shift) != channels) return std::nullopt;
    }
    std::vector<double> values(static_cast<std::size_t>(channels));
    for (std::int64_t c = 0; c < channels; ++c) values[static_cast<std::size_t>(c)] = (*w)[w->size() == 1 ? 0 : c];
    return values;
}

template <operation Op>
bool without_relu(graph const& g, graph::id v) {
    return is<Op>(g, v) && !attributes<Op>(g, v).do_relu;
}

inline std::optional<channel_affine> with_number(graph const& g, graph::id v, std::size_t channels) {
    auto const made = [&](double scale, double bias) {
        return channel_affine{operand(g, v, 0), std::vector(channels, scale), std::vector(channels, bias)};
    };
    if (without_relu<op::mul_const>(g, v)) return made(attributes<op::mul_const>(g, v).const_val, 0);
    if (without_relu<op::add_const>(g, v)) return made(1, attributes<op::add_const>(g, v).const_val);
    if (!without_relu<op::sub_const>(g, v)) return std::nullopt;
    auto const& a = attributes<op::sub_const>(g, v);
    return a.is_reverse ? made(-1, a.const_val) : made(1, -a.const_val);
}

inline std::optional<channel_affine> affine_of(graph const& g, graph::id v, std::size_t axis) {
    auto const& dims = g[v].results[0].dims;
    auto const channels = static_cast<std::size_t>(dims[axis]);
    if (without_relu<op::scale>(g, v)) {
        auto const s = by_channel(g, operand(g, v, 1), dims, axis), b = by_channel(g, operand(g, v, 2), dims, axis);
        return s && b ? std::optional(channel_affine{operand(g, v, 0), *s, *b}) : std::nullopt;
    }
    bool const sum = without_relu<op::add>(g, v) && !attributes<op::add>(g, v).coeff;
    if (!sum && !without_relu<op::mul>(g, v)) return with_number(g, v, channels);
    for (std::size_t i = 0; i < 2; ++i)
        if (auto const w = by_channel(g, operand(g, v, i), dims, axis)) {
            std::vector<double> const neutral(channels, sum ? 1 : 0);
            return sum ? channel_affine{operand(g, v, 1 - i), neutral, *w} : channel_affine{operand(g, v, 1 - i), *w, neutral};
        }
    return std::nullopt;
}

// Weights with output channels along an axis: inner is how many elements follow each other in one channel.
inline ref scaled_weight(graph& g, ref from, std::vector<double> const& scale, std::int64_t inner, std::string const& name) {
    if (std::all_of(scale.begin(), scale.end(), [](double s) { return s == 1; })) return from;
    auto const& w = *weight(g, from);
    tensor values{w.shape()};
    auto const channels = static_cast<std::int64_t>(scale.size());
    for (std::int64_t i = 0; i < w.size(); ++i)
        values[i] = static_cast<float>(w[i] * scale[static_cast<std::size_t>(i / inner % channels)]);
    return add_weight(g, name, std::move(values));
}

inline ref affine_bias(graph& g, ref bias, channel_affine const& a, std::string const& name) {
    auto const* b = weight(g, bias);
    tensor values{{static_cast<std::int64_t>(a.bias.size())}};
    for (std::size_t c = 0; c < a.bias.size(); ++c) {
        auto const i = static_cast<std::int64_t>(c);
        values[i] = static_cast<float>((b ? (*b)[b->size() == 1 ? 0 : i] : 0.0) * a.scale[c] + a.bias[c]);
    }
    return add_weight(g, name, std::move(values));
}

// The operand of v that only v reads and that Op makes with constant weights, without a relu.
template <operation Op>
ref foldable_operand(graph const& g, graph::id v) {
    for (auto const r : g.operands(v)) {
        if (!is<Op>(g, r) || !used_once(g, r) || attributes<Op>(g, r.node).do_relu) continue;
        ref const bias = operand(g, r, 2);
        if (weight(g, operand(g, r, 1)) && (!bias || weight(g, bias)) && g[r].dims == g[v].results[0].dims) return r;
    }
    return {};
}

// Inner is the count of elements of one output channel that lie together in the filter; 0 if there are no such.
template <operation Op>
bool fold_into(graph& g, graph::id v, std::size_t axis, std::int64_t (*inner_of)(shape const&)) {
    ref const made = foldable_operand<Op>(g, v);
    auto const a = made ? affine_of(g, v, axis) : std::nullopt;
    if (!a || a->x != made) return false;
    auto const from = g.operands(made.node);
    ref const bias = from.size() > 2 ? from[2] : ref{};
    auto const inner = inner_of(weight(g, from[1])->shape());
    if (inner == 0 || (bias && weight(g, bias)->size() != static_cast<std::int64_t>(a->scale.size()))) return false;
    auto const name = g[v].results[0].name;
    ref const new_filter = scaled_weight(g, from[1], a->scale, inner, name + "_filter");
    ref const new_bias = affine_bias(g, bias, *a, name + "_bias");
    become<Op>(g, v, attributes<Op>(g, made.node), {from[0], new_filter, new_bias});
    return true;
}

inline std::int64_t elements_of_channel(shape const& filter) {
    return element_count({filter.begin() + 1, filter.end()});
}
inline std::int64_t one_column(shape const& right) { return right.size() == 2 ? 1 : 0; }

} // namespace detail

TPU_CONVERT_INLINE void fold_affine(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        auto const rank = g[v].results[0].dims.size();
        if (rank >= 3 && detail::fold_into<op::conv>(g, v, 1, detail::elements_of_channel)) return;
        if (rank >= 3 && detail::fold_into<op::deconv>(g, v, 1, detail::elements_of_channel)) return;
        if (rank >= 2) detail::fold_into<op::mat_mul>(g, v, rank - 1, detail::one_column);
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
