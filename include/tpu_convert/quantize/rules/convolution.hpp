// Convolutions, transposed ones, and channel-wise scaling: a scale for each output channel.
#pragma once
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/deconv.hpp>
#include <tpu_convert/op/integer/integer_conv.hpp>
#include <tpu_convert/op/scale.hpp>
#include <tpu_convert/quantize/rules/channel_weights.hpp>

namespace tpu_convert {

namespace detail {

inline bool has_operand(rule_context const& c, std::size_t i) { return i < c.operands.size() && c.operands[i]; }

inline integer_node convolution_node(op::integer_conv::attributes a, channel_weights q, std::int64_t pad_value) {
    static_cast<requantizer&>(a) = std::move(q.result);
    a.bias = std::move(q.bias), a.pad_value = pad_value;
    return {&info_of<op::integer_conv>(), std::move(a), {std::size_t{0}, std::move(q.weights)}};
}

// Null if the operator's weights are fit for it, else the reason.
inline char const* reason_against_weights(rule_context const& c) {
    if (!c.payloads[1]) return "filters are computed";
    if (has_operand(c, 2) && !c.payloads[2]) return "the bias is computed";
    if (c.operands[0]->dims.size() > 4) return "more than two spatial axes";
    return nullptr;
}

} // namespace detail

template <>
struct integer_rule<op::conv, bm168x_rules> {
    static constexpr bool free_zero_points = true;
    static rule_answer make(op::conv::attributes const& a, rule_context const& c) {
        if (auto const* reason = detail::reason_against_weights(c)) return not_integer{reason};
        op::integer_conv::attributes made;
        made.kernel_shape = a.kernel_shape, made.strides = a.strides, made.pads = a.pads, made.group = a.group;
        made.dilations = a.dilations.value_or(std::vector<std::int64_t>{});
        tensor const* bias = detail::has_operand(c, 2) ? c.payloads[2] : nullptr;
        return detail::convolution_node(
            std::move(made),
            detail::quantize_channels(*c.payloads[1], c.payloads[1]->dim(0), bias, c.from[0], c.to, fused_relu_of(a)),
            c.from[0].zero_point);
    }
};

// Zeros between the input's elements, filters turned by 180 degrees.
template <>
struct integer_rule<op::deconv, bm168x_rules> {
    static rule_answer make(op::deconv::attributes const& a, rule_context const& c) {
        if (auto const* reason = detail::reason_against_weights(c)) return not_integer{reason};
        if (c.from[0].zero_point != 0) return not_integer{"inserted zeros have no zero point"};
        std::size_t const axes = a.kernel_shape.size();
        op::integer_conv::attributes made;
        made.kernel_shape = a.kernel_shape, made.group = a.group, made.strides.assign(axes, 1), made.pads.resize(2 * axes);
        made.dilations = a.dilations.value_or(std::vector<std::int64_t>(axes, 1));
        for (std::size_t i = 0; i < axes; ++i) {
            std::int64_t const reach = (a.kernel_shape[i] - 1) * made.dilations[i],
                               more = a.output_padding ? (*a.output_padding)[i] : 0;
            made.inserts.push_back(a.strides.empty() ? 0 : a.strides[i] - 1);
            made.pads[i] = reach - (a.pads.empty() ? 0 : a.pads[i]);
            made.pads[axes + i] = reach - (a.pads.empty() ? 0 : a.pads[axes + i]) + more;
            if (made.pads[i] < 0 || made.pads[axes + i] < 0) return not_integer{"padding is larger than the kernel"};
        }
        tensor const* bias = detail::has_operand(c, 2) ? c.payloads[2] : nullptr;
        return detail::convolution_node(std::move(made),
                                        detail::quantize_channels(turned(*c.payloads[1], axes), c.payloads[1]->dim(0), bias,
                                                                  c.from[0], c.to, fused_relu_of(a)),
                                        0);
    }

private:
    static tensor turned(tensor const& filters, std::size_t axes) {
        std::int64_t taps = 1;
        for (std::size_t i = 0; i < axes; ++i) taps *= filters.dim(2 + i);
        tensor t(filters.shape());
        for (std::int64_t i = 0; i < t.size(); ++i) t[i] = filters[i / taps * taps + taps - 1 - i % taps];
        return t;
    }
};

// A depthwise convolution by one tap.
template <>
struct integer_rule<op::scale, bm168x_rules> {
    static constexpr bool free_zero_points = true;
    static rule_answer make(op::scale::attributes const& a, rule_context const& c) {
        auto const& dims = c.operands[0]->dims;
        if (dims.size() < 3 || dims.size() > 4) return not_integer{"not an image"};
        std::int64_t const channels = dims[1];
        for (std::size_t i : {1, 2})
            if (!c.payloads[i] || c.payloads[i]->size() != channels || c.operands[i]->dims.size() < 2 ||
                c.operands[i]->dims[1] != channels)
                return not_integer{"scale or bias is not constant and one for each channel"};
        op::integer_conv::attributes made;
        made.kernel_shape.assign(dims.size() - 2, 1), made.group = channels;
        shape filter(dims.size(), 1);
        filter[0] = channels;
        return detail::convolution_node(std::move(made),
                                        detail::quantize_channels(tensor(filter, c.payloads[1]->values()), channels,
                                                                  c.payloads[2], c.from[0], c.to, fused_relu_of(a)),
                                        c.from[0].zero_point);
    }
};

} // namespace tpu_convert
