// mse: the clipping of least mean square error, by Newton's iteration of the OCTAV method.
#pragma once
#include <cmath>
#include <limits>
#include <string_view>
#include <tpu_convert/quantize/element_sums.hpp>
#include <tpu_convert/quantize/threshold_method.hpp>

namespace tpu_convert {

struct threshold_mse {
    static constexpr std::string_view name = "mse";
    static constexpr bool counts_values = false;

    static calibration_row row(tensor_statistics const& s, int) { return mean_row(s); }

    // s <- sum(|x| > s) / (n(|x| <= s) / (3 u 4^bits) + n(|x| > s)); u = 4 without negative values.
    static double of_sample(std::span<float const> x, value_range const& range, int bits) {
        double const noise = 1.0 / (std::ldexp(3.0, 2 * bits) * (range.min >= 0 ? 4 : 1));
        auto const above = [&](double s) { return detail::sum_of_magnitudes(x.data(), x.size(), 0, static_cast<float>(s)); };
        auto const all = above(0);
        double s = all.count ? all.sum / static_cast<double>(all.count) : 0;
        for (int i = 0; i < 20 && all.count; ++i) {
            auto const a = above(s);
            double const next = a.sum / (noise * static_cast<double>(x.size() - a.count) + static_cast<double>(a.count));
            bool const settled = std::abs(next - s) < 1e-6;
            s = next;
            if (settled) break;
        }
        return s;
    }
};

} // namespace tpu_convert
