// percentile9999: 99.99 % of the values lie within the threshold.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <tpu_convert/quantize/threshold_rows.hpp>
#include <vector>

namespace tpu_convert {

struct threshold_percentile9999 {
    static constexpr std::string_view name = "percentile9999";
    static constexpr bool counts_values = true;
    static constexpr double share = 0.9999;

    // Minimum and maximum hold the percentiles of either end.
    static calibration_row row(tensor_statistics const& s, int) {
        auto r = limited_row(s, 0);
        r.min = std::max(r.min, quantile(s, 1 - share)), r.max = std::min(r.max, quantile(s, share));
        r.threshold = std::max({least_threshold, std::abs(r.min), std::abs(r.max)});
        return r;
    }

private:
    // Of the bins' middles, from the smallest value to the largest; zeros are in the middle.
    static double quantile(tensor_statistics const& s, double part) {
        double const width = static_cast<double>(s.counts.width());
        auto const all = s.counts.counted();
        double left = part * static_cast<double>(all ? all - 1 : 0);
        auto const passes = [&](std::uint64_t n) { return (left -= static_cast<double>(n)) < 0; };
        for (std::size_t i = s.counts.farthest_negative(); i > 0; --i)
            if (passes(s.counts.negative(i))) return -width * static_cast<double>(i);
        if (passes(s.counts.zeros())) return 0;
        for (std::size_t i = 0; i < s.counts.positive_places(); ++i)
            if (passes(s.counts.positive(i))) return width * static_cast<double>(i);
        return s.range.count ? static_cast<double>(s.range.max) : 0;
    }
};

} // namespace tpu_convert
