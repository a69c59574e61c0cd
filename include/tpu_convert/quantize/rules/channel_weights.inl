#pragma once
#include <tpu_convert/quantize/rules/channel_weights.hpp>

namespace tpu_convert::detail {

// absmax / 127 (or / 255 without a sign), not so small that the bias would leave the 32-bit sum.
inline double weight_scale(std::span<float const> w, double bias, double input_scale, double levels) {
    double largest = 0;
    for (float x : w) largest = std::max(largest, std::abs(static_cast<double>(x)));
    return std::max({largest / levels, 1e-5, std::abs(bias) / input_scale / (1 << 30)});
}

// What both forms end with.
inline void finish_channels(channel_weights& q, channel_filters const& f) {
    if (f.shared) q.result.multipliers.resize(1), q.result.shifts.resize(1);
    if (std::all_of(q.bias.begin(), q.bias.end(), [](auto b) { return b == 0; })) q.bias.clear();
    q.result.zero_point = f.to.zero_point;
    std::tie(q.result.lowest, q.result.highest) = result_bounds(f.to, f.relu);
}

TPU_CONVERT_INLINE channel_weights quantize_channels(channel_filters const& f) {
    auto const values = f.elements.values();
    bool const no_sign = !f.bias && std::none_of(values.begin(), values.end(), [](float x) { return x < 0; });
    double const levels = no_sign ? 255 : 127;
    std::vector<double> scales;
    for (std::int64_t c = 0; c < f.channels; ++c)
        scales.push_back(weight_scale(f.row(c), f.bias_of(c), f.from.scale_of(c), levels));
    if (f.shared) std::fill(scales.begin(), scales.end(), *std::max_element(scales.begin(), scales.end()));
    channel_weights q{{tensor(f.elements.shape()), no_sign ? dtype::u8 : dtype::i8, f.shared ? scales[0] : 0, 1}, {}, {}};
    q.result.multipliers.clear(), q.result.shifts.clear();
    std::int64_t at = 0;
    for (std::int64_t c = 0; c < f.channels; ++c) {
        double const scale = scales[static_cast<std::size_t>(c)];
        std::int64_t sum = 0;
        for (float v : f.row(c)) {
            auto const w = std::clamp(std::round(v / scale), no_sign ? 0.0 : -127.0, levels);
            q.weights.elements[at++] = static_cast<float>(w);
            sum += static_cast<std::int64_t>(w);
        }
        double const unit = scale * f.from.scale_of(c);
        q.bias.push_back(static_cast<std::int64_t>(std::round(f.bias_of(c) / unit)) - sum * f.from.zero_point);
        auto const factor = factor_of_32_bits(unit / f.to.scale_of(c));
        q.result.multipliers.push_back(factor.multiplier), q.result.shifts.push_back(factor.shift);
    }
    finish_channels(q, f);
    return q;
}

// W = round(w (Sx / Sy) / q), B = round(b / Sy / q) with the channel's factor q = absmax / 127 (Sx / Sy), large enough for B to
// fit its 32 bits, and below 1: larger weights are clipped.
TPU_CONVERT_INLINE channel_weights quantize_channels_doubled(channel_filters const& f) {
    double const ratio = f.from.scale / f.to.scale;
    std::vector<double> factors;
    for (std::int64_t c = 0; c < f.channels; ++c) {
        double largest = 0;
        for (float x : f.row(c)) largest = std::max(largest, std::abs(static_cast<double>(x)));
        double const for_bias = std::abs(f.bias_of(c)) / f.to.scale / (0.998 * 0x7FFFFFFF);
        factors.push_back(std::clamp(std::max(largest * ratio / 127, for_bias), 0x1p-30, 0.999999));
    }
    if (f.shared) std::fill(factors.begin(), factors.end(), *std::max_element(factors.begin(), factors.end()));
    channel_weights q{{tensor(f.elements.shape()), dtype::i8, 0, 1}, {}, {}};
    q.result.multipliers.clear(), q.result.shifts.clear(), q.result.two_roundings = true;
    std::int64_t at = 0;
    for (std::int64_t c = 0; c < f.channels; ++c) {
        double const factor = factors[static_cast<std::size_t>(c)];
        for (float v : f.row(c))
            q.weights.elements[at++] = static_cast<float>(std::clamp(std::nearbyint(v * ratio / factor), -128.0, 127.0));
        q.bias.push_back(static_cast<std::int64_t>(std::round(f.bias_of(c) / f.to.scale / factor)));
        auto const m = doubling_factor(factor);
        q.result.multipliers.push_back(m.multiplier), q.result.shifts.push_back(m.shift);
    }
    finish_channels(q, f);
    return q;
}

} // namespace tpu_convert::detail
