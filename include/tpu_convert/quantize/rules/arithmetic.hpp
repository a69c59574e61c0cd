// In what generations of chips differ: how a real factor becomes multiplier and shift, weights of channels, weighted sums.
#pragma once
#include <array>
#include <tpu_convert/quantize/rules/channel_weights.hpp>
#include <tpu_convert/quantize/rules/weighted_sum.hpp>

namespace tpu_convert::detail {

template <class Rules>
struct rule_arithmetic;

template <>
struct rule_arithmetic<bm168x_rules> {
    static requantizer rescaling(double factor) { return requantizer_of(factor_of_32_bits(factor)); }
    static requantizer product(double factor) { return requantizer_of(factor_of_8_bits(factor)); }
    static channel_weights channels(channel_filters const& f) { return quantize_channels(f); }
    static rule_answer sum(rule_context const& c, std::array<double, 2> const& coefficients, fused_relu relu) {
        return weighted_sum(c, coefficients, relu);
    }

private:
    static requantizer requantizer_of(scale_factor const& f) { return {.multipliers = {f.multiplier}, .shifts = {f.shift}}; }
};

template <>
struct rule_arithmetic<cv18xx_rules> {
    static requantizer rescaling(double factor) {
        auto const f = doubling_factor(factor);
        return {.multipliers = {f.multiplier}, .shifts = {f.shift}, .two_roundings = true};
    }
    static requantizer product(double factor) { return rescaling(factor); }
    static channel_weights channels(channel_filters const& f) { return quantize_channels_doubled(f); }
    static rule_answer sum(rule_context const& c, std::array<double, 2> const& coefficients, fused_relu relu) {
        return common_shift_sum(c, coefficients, relu);
    }
};

} // namespace tpu_convert::detail
