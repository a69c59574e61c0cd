// Operands at their own scales: sums of two, constants, slopes.
#pragma once
#include <array>
#include <tpu_convert/quantize/rule_answer.hpp>

namespace tpu_convert::detail {

// A constant operand at absmax / 127, or / 255 if it has no negative element and bytes without sign exist.
integer_weight quantize_constant(tensor const& t, std::size_t operand, bool bytes_without_sign);

struct two_operands {
    std::vector<std::variant<std::size_t, integer_weight>> operands;
    std::array<number_format, 2> from;
};
inline two_operands quantize_operands(rule_context const& c, bool bytes_without_sign) {
    two_operands both;
    for (std::size_t i = 0; i < 2; ++i) {
        both.from[i] = c.from[i];
        if (c.payloads[i]) {
            auto w = quantize_constant(*c.payloads[i], i, bytes_without_sign);
            both.from[i] = {w.type, w.scale, 0};
            both.operands.push_back(std::move(w));
        } else both.operands.push_back(i);
    }
    return both;
}

// Each operand has its multiplier and shift (or a float factor).
rule_answer weighted_sum(rule_context const& c, std::array<double, 2> const& coefficients, fused_relu relu);
// Multipliers of 8 bits, one shift for the sum.
rule_answer common_shift_sum(rule_context const& c, std::array<double, 2> const& coefficients, fused_relu relu);
// Positive numbers by one factor, negative ones by a factor for each channel; all of these share a shift.
rule_answer slopes(rule_context const& c);

} // namespace tpu_convert::detail

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/rules/weighted_sum.inl>
#endif
