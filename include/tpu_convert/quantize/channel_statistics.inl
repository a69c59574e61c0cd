#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <tpu_convert/quantize/channel_statistics.hpp>

namespace tpu_convert {

namespace detail {

inline constexpr std::size_t scan_ways = 32;

// Of the columns of a matrix, whose number is a multiple of scan_ways.
struct column_extremes {
    std::vector<float> low, high;
    std::array<float, scan_ways> sum{}; // as in scan_extremes; of columns that are scan_ways apart

    explicit column_extremes(std::size_t columns)
        : low(columns, std::numeric_limits<float>::infinity()), high(columns, -std::numeric_limits<float>::infinity()) {}
};

// Four rows at once, so that the extremes are read and written once for them.
TPU_CONVERT_SIMD inline void scan_rows(float const* __restrict x, std::size_t rows, std::size_t columns, float* __restrict low,
                                       float* __restrict high, float* sum) {
    std::array<float, scan_ways> total;
    std::copy_n(sum, scan_ways, total.data());
    for (std::size_t r = 0; r + 4 <= rows; r += 4, x += 4 * columns)
        for (std::size_t c = 0; c < columns; c += scan_ways)
            for (std::size_t l = 0; l < scan_ways; ++l) {
                float const* const at = x + c + l;
                float const v0 = at[0], v1 = at[columns], v2 = at[2 * columns], v3 = at[3 * columns];
                float const low0 = v0 < v1 ? v0 : v1, low2 = v2 < v3 ? v2 : v3, least = low0 < low2 ? low0 : low2;
                float const high0 = v0 > v1 ? v0 : v1, high2 = v2 > v3 ? v2 : v3, most = high0 > high2 ? high0 : high2;
                low[c + l] = least < low[c + l] ? least : low[c + l];
                high[c + l] = most > high[c + l] ? most : high[c + l];
                total[l] += (v0 + v1) + (v2 + v3);
            }
    std::copy_n(total.data(), scan_ways, sum);
}

// Several pixels make a row, as many as fill the ways.
inline column_extremes scan_pixels(std::span<float const> values, std::size_t channels) {
    std::size_t const columns = std::lcm(channels, scan_ways), rows = values.size() / columns / 4 * 4;
    column_extremes e(columns);
    scan_rows(values.data(), rows, columns, e.low.data(), e.high.data(), e.sum.data());
    for (std::size_t i = rows * columns, c = 0; i < values.size(); ++i, c = c + 1 == columns ? 0 : c + 1) {
        e.low[c] = std::min(e.low[c], values[i]), e.high[c] = std::max(e.high[c], values[i]);
        e.sum[c % scan_ways] += values[i];
    }
    return e;
}

// Whether all elements are surely finite. Channels without elements keep what they have.
inline bool include_pixels(std::span<float const> values, std::vector<channel_range>& channels) {
    auto const e = scan_pixels(values, channels.size());
    for (std::size_t first = 0; first < e.low.size(); first += channels.size())
        for (std::size_t c = 0; c < channels.size(); ++c) {
            auto const low = static_cast<double>(e.low[first + c]), high = static_cast<double>(e.high[first + c]);
            channels[c].min = std::min(channels[c].min, low), channels[c].max = std::max(channels[c].max, high);
        }
    return std::all_of(e.sum.begin(), e.sum.end(), [](float s) { return std::isfinite(s); });
}
inline bool include_planes(std::span<float const> values, std::size_t images, std::vector<channel_range>& channels) {
    bool finite = true;
    auto const planes = images * channels.size(), size = values.size() / planes;
    for (std::size_t i = 0; i < planes; ++i) {
        auto const e = range_of(values.subspan(i * size, size));
        auto& c = channels[i % channels.size()];
        c.min = std::min(c.min, static_cast<double>(e.min)), c.max = std::max(c.max, static_cast<double>(e.max));
        finite = finite && e.not_finite == 0;
    }
    return finite;
}

} // namespace detail

TPU_CONVERT_INLINE value_range range_of_channels(std::span<float const> values, shape const& dims, bool channels_last,
                                                 std::vector<channel_range>& channels) {
    channels.clear();
    if (values.empty()) return range_of(values);
    constexpr double none = std::numeric_limits<double>::infinity();
    std::vector<channel_range> found(static_cast<std::size_t>(dims[1]), channel_range{none, -none});
    bool const finite = channels_last ? detail::include_pixels(values, found)
                                      : detail::include_planes(values, static_cast<std::size_t>(dims[0]), found);
    if (!finite)
        if (auto const range = range_of(values); range.not_finite) return range;
    value_range all;
    for (auto& c : found) {
        all.min = std::min(all.min, static_cast<float>(c.min)), all.max = std::max(all.max, static_cast<float>(c.max));
        c.min = std::min(c.min, 0.0), c.max = std::max(c.max, 0.0);
    }
    all.count = values.size();
    all.zeros = all.min == 0 && all.max == 0 ? values.size() : 0;
    channels = std::move(found);
    return all;
}

TPU_CONVERT_INLINE void channel_statistics::add(std::span<channel_range const> of_sample) {
    widest_.resize(of_sample.size()), sums_.resize(of_sample.size());
    ++samples_;
    auto const power = [](double x) { return x * x * x * x; };
    for (std::size_t c = 0; c < sums_.size(); ++c) {
        auto const [min, max] = of_sample[c];
        widest_[c] = {std::min(widest_[c].min, min), std::max(widest_[c].max, max)};
        sums_[c].min += power(min), sums_[c].max += power(max);
    }
}

TPU_CONVERT_INLINE std::vector<channel_range> channel_statistics::ranges(double threshold) const {
    auto const end = [&](double widest, double sum) {
        double const mean = std::sqrt(std::sqrt(sum / static_cast<double>(samples_)));
        return std::min(2 * widest, std::max(threshold, mean));
    };
    std::vector<channel_range> found;
    for (std::size_t c = 0; c < sums_.size(); ++c)
        found.push_back({-end(-widest_[c].min, sums_[c].min), end(widest_[c].max, sums_[c].max)});
    for (auto& r : found) r.min = r.min < 0 ? r.min : 0; // not -0
    return found;
}

} // namespace tpu_convert
