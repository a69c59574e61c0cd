// aciq_laplace: the best clipping of a Laplace distribution.
#pragma once
#include <cmath>
#include <string_view>
#include <tpu_convert/quantize/element_sums.hpp>
#include <tpu_convert/quantize/threshold_rows.hpp>

namespace tpu_convert {

struct threshold_aciq_laplace {
    static constexpr std::string_view name = "aciq_laplace";
    static constexpr bool counts_values = false;

    static calibration_row row(tensor_statistics const& s, int) { return mean_row(s); }

    // beta mean(|x - mean(x)|)
    static double of_sample(std::span<float const> x, value_range const& range, int bits) {
        double const beta = bits == 4 ? 5.02864014 : 9.89675982, n = static_cast<double>(x.size());
        if (x.empty()) return 0;
        // Shifted to its minimum, x is its own magnitude.
        auto const shifted = detail::sum_of_magnitudes(x.data(), x.size(), range.min, -1).sum;
        double const mean = static_cast<double>(range.min) + shifted / n;
        return beta * detail::sum_of_magnitudes(x.data(), x.size(), static_cast<float>(mean), -1).sum / n;
    }
};

} // namespace tpu_convert
