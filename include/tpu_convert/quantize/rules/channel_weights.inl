#pragma once
#include <tpu_convert/quantize/rules/channel_weights.hpp>

namespace tpu_convert::detail {

// absmax / 127 (or / 255 without a sign), not so small that the bias would leave the 32-bit sum.
inline double weight_scale(std::span<float const> w, double bias, double input_scale, double levels) {
    double largest = 0;
    for (float x : w) largest = std::max(largest, std::abs(static_cast<double>(x)));
    return std::max({largest / levels, 1e-5, std::abs(bias) / input_scale / (1 << 30)});
}

TPU_CONVERT_INLINE channel_weights quantize_channels(tensor const& filters, std::int64_t channels, tensor const* bias,
                                                     number_format const& from, number_format const& to, fused_relu relu,
                                                     bool shared) {
    auto const values = filters.values();
    bool const no_sign = !bias && std::none_of(values.begin(), values.end(), [](float x) { return x < 0; });
    double const levels = no_sign ? 255 : 127;
    auto const row = static_cast<std::size_t>(filters.size() / channels);
    auto const bias_of = [&](std::int64_t c) { return bias ? static_cast<double>((*bias)[bias->size() == 1 ? 0 : c]) : 0.0; };
    std::vector<double> scales;
    for (std::int64_t c = 0; c < channels; ++c)
        scales.push_back(
            weight_scale(values.subspan(static_cast<std::size_t>(c) * row, row), bias_of(c), from.scale_of(c), levels));
    if (shared) std::fill(scales.begin(), scales.end(), *std::max_element(scales.begin(), scales.end()));
    channel_weights q{{tensor(filters.shape()), no_sign ? dtype::u8 : dtype::i8, shared ? scales[0] : 0, 1}, {}, {}};
    q.result.multipliers.clear(), q.result.shifts.clear();
    for (std::int64_t c = 0; c < channels; ++c) {
        double const scale = scales[static_cast<std::size_t>(c)];
        std::int64_t sum = 0;
        for (std::size_t i = static_cast<std::size_t>(c) * row; i < static_cast<std::size_t>(c + 1) * row; ++i) {
            auto const w = std::clamp(std::round(values[i] / scale), no_sign ? 0.0 : -127.0, levels);
            q.weights.elements[static_cast<std::int64_t>(i)] = static_cast<float>(w);
            sum += static_cast<std::int64_t>(w);
        }
        q.bias.push_back(static_cast<std::int64_t>(std::round(bias_of(c) / (scale * from.scale_of(c)))) - sum * from.zero_point);
        auto const factor = factor_of_32_bits(scale * from.scale_of(c) / to.scale_of(c));
        q.result.multipliers.push_back(factor.multiplier), q.result.shifts.push_back(factor.shift);
    }
    if (shared) q.result.multipliers.resize(1), q.result.shifts.resize(1);
    if (std::all_of(q.bias.begin(), q.bias.end(), [](auto b) { return b == 0; })) q.bias.clear();
    q.result.zero_point = to.zero_point;
    std::tie(q.result.lowest, q.result.highest) = result_bounds(to, relu);
    return q;
}

} // namespace tpu_convert::detail
