// Convolutions, transposed ones, and channel-wise scaling: a scale for each output channel.
#pragma once
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/deconv.hpp>
#include <tpu_convert/op/integer/integer_conv.hpp>
#include <tpu_convert/op/scale.hpp>
#include <tpu_convert/quantize/rules/arithmetic.hpp>

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

template <class Rules>
struct integer_rule<op::conv, Rules> {
    using target = op::integer_conv;
    static constexpr bool free_zero_points = true;
    static rule_answer make(op::conv::attributes const& a, rule_context const& c) {
        if (auto const* reason = detail::reason_against_weights(c)) return not_integer{reason};
        op::integer_conv::attributes made;
        made.kernel_shape = a.kernel_shape, made.strides = a.strides, made.pads = a.pads, made.group = a.group;
        made.dilations = a.dilations.value_or(std::vector<std::int64_t>{});
        tensor const* bias = detail::has_operand(c, 2) ? c.payloads[2] : nullptr;
        return detail::convolution_node(
            std::move(made),
            detail::rule_arithmetic<Rules>::channels(
                {*c.payloads[1], c.payloads[1]->dim(0), bias, c.from[0], c.to, fused_relu_of(a)}),
            c.from[0].zero_point);
    }
};

// Zeros between the input's elements, filters turned by 180 degrees.
template <class Rules>
struct integer_rule<op::deconv, Rules> {
    using target = op::integer_conv;
    static rule_answer make(op::deconv::attributes const& a, rule_context const& c) {
        if (auto const* reason = detail::reason_against_weights(c)) return not_integer{reason};
        if (c.from[0].zero_point != 0) return not_integer{"inserted zeros have no zero point"};
        auto form = op::deconv::as_convolution(a);
        if (std::any_of(form.pads.begin(), form.pads.end(), [](auto p) { return p < 0; }))
            return not_integer{"padding is larger than the kernel"};
        op::integer_conv::attributes made;
        made.kernel_shape = a.kernel_shape, made.group = a.group, made.strides.assign(a.kernel_shape.size(), 1);
        made.pads = std::move(form.pads), made.dilations = std::move(form.dilations), made.inserts = std::move(form.inserts);
        tensor const* bias = detail::has_operand(c, 2) ? c.payloads[2] : nullptr;
        auto const filters = op::deconv::turned(a, *c.payloads[1]);
        return detail::convolution_node(
            std::move(made),
            detail::rule_arithmetic<Rules>::channels({filters, filters.dim(0), bias, c.from[0], c.to, fused_relu_of(a)}), 0);
    }
};

// A depthwise convolution by one tap.
template <class Rules>
struct integer_rule<op::scale, Rules> {
    using target = op::integer_conv;
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
        tensor const filters(filter, c.payloads[1]->values());
        return detail::convolution_node(
            std::move(made),
            detail::rule_arithmetic<Rules>::channels({filters, channels, c.payloads[2], c.from[0], c.to, fused_relu_of(a)}),
            c.from[0].zero_point);
    }
};

} // namespace tpu_convert
