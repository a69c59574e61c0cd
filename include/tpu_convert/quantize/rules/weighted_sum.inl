#pragma once
#include <array>
#include <tpu_convert/op/integer/integer_prelu.hpp>
#include <tpu_convert/op/integer/integer_sum.hpp>
#include <tpu_convert/quantize/rules/weighted_sum.hpp>

namespace tpu_convert::detail {

TPU_CONVERT_INLINE integer_weight quantize_constant(tensor const& t, std::size_t operand, bool bytes_without_sign) {
    double largest = 0;
    bool sign = !bytes_without_sign;
    for (float x : t.values()) largest = std::max(largest, std::abs(static_cast<double>(x))), sign |= x < 0;
    integer_weight w{tensor(t.shape()), sign ? dtype::i8 : dtype::u8, std::max(largest, least_threshold) / (sign ? 127 : 255),
                     operand};
    for (std::int64_t i = 0; i < t.size(); ++i) w.elements[i] = static_cast<float>(std::round(t[i] / w.scale));
    return w;
}

// sum of (x_i - z_i) f_i + z = sum of x_i f_i + (z - sum of z_i f_i): one constant, rounded once.
TPU_CONVERT_INLINE rule_answer weighted_sum(rule_context const& c, std::array<double, 2> const& coefficients, fused_relu relu) {
    auto both = quantize_operands(c, true);
    op::integer_sum::attributes made;
    double constant = static_cast<double>(c.to.zero_point);
    for (std::size_t i = 0; i < 2; ++i) {
        double const factor = coefficients[i] * both.from[i].scale / c.to.scale;
        if (c.asymmetric) {
            made.factors.push_back(static_cast<float>(factor));
            made.zero_points.push_back(both.from[i].zero_point);
            continue;
        }
        auto const f = factor_of_8_bits(factor);
        if (f.multiplier == 0 && std::abs(factor) > 1) return not_integer{"an operand's scale is out of proportion"};
        made.multipliers.push_back(f.multiplier), made.shifts.push_back(f.shift);
        constant -= static_cast<double>(both.from[i].zero_point) * f.value();
    }
    made.zero_point = c.asymmetric ? c.to.zero_point : static_cast<std::int64_t>(std::round(constant));
    std::tie(made.lowest, made.highest) = result_bounds(c.to, relu);
    return integer_node{&info_of<op::integer_sum>(), std::move(made), std::move(both.operands)};
}

// The largest shift whose multipliers have 8 bits.
TPU_CONVERT_INLINE rule_answer common_shift_sum(rule_context const& c, std::array<double, 2> const& coefficients,
                                                fused_relu relu) {
    auto both = quantize_operands(c, false);
    op::integer_sum::attributes made;
    std::array<double, 2> factors{};
    for (std::size_t i = 0; i < 2; ++i) factors[i] = coefficients[i] * both.from[i].scale / c.to.scale;
    double const largest = std::max(std::abs(factors[0]), std::abs(factors[1]));
    if (largest >= 127.5) return not_integer{"an operand's scale is out of proportion"};
    made.common_shift = 0;
    while (made.common_shift < 30 && std::ldexp(largest, static_cast<int>(made.common_shift) + 1) < 127.5) ++made.common_shift;
    for (double f : factors)
        made.multipliers.push_back(static_cast<std::int64_t>(std::round(std::ldexp(f, static_cast<int>(made.common_shift)))));
    std::tie(made.lowest, made.highest) = result_bounds(c.to, relu);
    return integer_node{&info_of<op::integer_sum>(), std::move(made), std::move(both.operands)};
}

TPU_CONVERT_INLINE rule_answer slopes(rule_context const& c) {
    if (!c.payloads[1]) return not_integer{"slopes are computed"};
    if (!symmetric(c)) return not_integer{"zero points"};
    tensor const& slopes = *c.payloads[1];
    auto const& dims = c.operands[0]->dims;
    auto const& slope_dims = c.operands[1]->dims;
    bool const by_channel = dims.size() > 1 && slopes.size() == dims[1] && slope_dims.size() + 1 >= dims.size() &&
                            slope_dims[slope_dims.size() + 1 - dims.size()] == dims[1];
    if (slopes.size() != 1 && !by_channel) return not_integer{"slopes are not one for each channel"};
    op::integer_prelu::attributes made;
    double const ratio = c.from[0].scale / c.to.scale;
    auto const positive = factor_of_8_bits(ratio);
    made.multipliers = {positive.multiplier}, made.shifts = {positive.shift};
    double largest = 0;
    for (float s : slopes.values()) largest = std::max(largest, std::abs(s * ratio));
    made.slope_shift = factor_of_8_bits(std::max(largest, 1e-6)).shift;
    for (float s : slopes.values())
        made.slopes.push_back(static_cast<std::int64_t>(
            std::clamp(std::round(std::ldexp(s * ratio, static_cast<int>(made.slope_shift))), -127.0, 127.0)));
    std::tie(made.lowest, made.highest) = result_bounds(c.to, {});
    return integer_node{&info_of<op::integer_prelu>(), std::move(made), {std::size_t{0}}};
}

} // namespace tpu_convert::detail
