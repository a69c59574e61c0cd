// mse: the clipping of least mean square error, by Newton's iteration of the OCTAV method.
#pragma once
#include <cmath>
#include <limits>
#include <span>
#include <string_view>
#include <tpu_convert/quantize/element_sums.hpp>
#include <tpu_convert/quantize/threshold_rows.hpp>
#include <vector>

namespace tpu_convert {

struct threshold_mse {
    static constexpr std::string_view name = "mse";
    static constexpr bool counts_values = false;

    static calibration_row row(tensor_statistics const& s, int) { return mean_row(s); }

    // s <- sum(|x| > s) / (n(|x| <= s) / (3 u 4^bits) + n(|x| > s)); u = 4 without negative values.
    static double of_sample(std::span<float const> x, value_range const& range, int bits) {
        double const noise = 1.0 / (std::ldexp(3.0, 2 * bits) * (range.min >= 0 ? 4 : 1));
        auto const all = detail::sum_of_magnitudes(x.data(), x.size(), 0, 0);
        double s = all.count ? all.sum / static_cast<double>(all.count) : 0;
        std::vector<float> tail; // magnitudes above `floor`: s mostly grows, so each step looks at fewer of them
        float floor = std::numeric_limits<float>::infinity();
        for (int i = 0; i < 20 && all.count; ++i) {
            auto const limit = static_cast<float>(s);
            if (limit < floor) tail = detail::magnitudes_above(x, limit);
            else tail.resize(detail::keep_above(tail, limit));
            floor = limit;
            double const sum = detail::sum_of_magnitudes(tail.data(), tail.size(), 0, 0).sum,
                         n = static_cast<double>(tail.size());
            double const next = sum / (noise * (static_cast<double>(x.size()) - n) + n);
            bool const settled = std::abs(next - s) < 1e-6;
            s = next;
            if (settled) break;
        }
        return s;
    }
};

} // namespace tpu_convert
