// aciq_gauss: the best clipping of a normal distribution whose deviation follows from the range.
#pragma once
#include <cmath>
#include <numbers>
#include <string_view>
#include <tpu_convert/quantize/threshold_rows.hpp>

namespace tpu_convert {

struct threshold_aciq_gauss {
    static constexpr std::string_view name = "aciq_gauss";
    static constexpr bool counts_values = false;

    static calibration_row row(tensor_statistics const& s, int) { return mean_row(s); }

    // alpha (max - min) 0.175 (1 + sqrt(pi ln 4)) / sqrt(2 ln n)
    static double of_sample(std::span<float const> x, value_range const& range, int bits) {
        double const alpha = bits == 4 ? 2.55913642 : 3.92403337;
        if (x.size() < 2) return static_cast<double>(range.magnitude());
        double const spread = static_cast<double>(range.max) - static_cast<double>(range.min);
        return alpha * spread * 0.175 * (1 + std::sqrt(std::numbers::pi * std::log(4.0))) /
               std::sqrt(2 * std::log(static_cast<double>(x.size())));
    }
};

} // namespace tpu_convert
