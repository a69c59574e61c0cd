// Ranges and histograms of tensors: loops over all elements.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>
#include <tpu_convert/quantize/tensor_statistics.hpp>

namespace tpu_convert {

namespace detail {

struct extremes {
    float low, high;
    bool finite; // surely; a sum may leave the finite numbers where no element has
};

// A sum is not finite if an element is not. The ways are independent so that the loops are vectorised.
TPU_CONVERT_SIMD inline extremes scan_extremes(float const* x, std::size_t n) {
    constexpr std::size_t ways = 32;
    std::array<float, ways> low, high, sum{};
    low.fill(std::numeric_limits<float>::infinity());
    high.fill(-std::numeric_limits<float>::infinity());
    std::size_t const whole = n / ways * ways;
    for (std::size_t i = 0; i < whole; i += ways)
        for (std::size_t l = 0; l < ways; ++l) {
            float const v = x[i + l];
            low[l] = v < low[l] ? v : low[l];
            high[l] = v > high[l] ? v : high[l];
            sum[l] += v;
        }
    for (std::size_t i = whole; i < n; ++i) {
        low[0] = std::min(low[0], x[i]), high[0] = std::max(high[0], x[i]);
        sum[0] += x[i];
    }
    extremes e{low[0], high[0], true};
    for (std::size_t l = 0; l < ways; ++l)
        e.low = std::min(e.low, low[l]), e.high = std::max(e.high, high[l]), e.finite = e.finite && std::isfinite(sum[l]);
    return e;
}

inline constexpr std::size_t count_block = 1024;
// Equal places that follow each other wait for each other's counts: zeros, which are many, have many places.
inline constexpr std::size_t zero_places = 16;

// round(x / width) for a block; for zeros one of the places from `zero` on.
TPU_CONVERT_SIMD inline void place_values(float const* x, std::size_t n, float width, std::int32_t zero, std::int32_t* places) {
    for (std::size_t i = 0; i < n; ++i) {
        auto const place = static_cast<std::int32_t>(x[i] / width + std::copysign(0.5f, x[i]));
        places[i] = x[i] == 0 ? zero + static_cast<std::int32_t>(i % zero_places) : place;
    }
}

TPU_CONVERT_SIMD inline void add_counts(std::uint64_t* to, std::uint32_t const* from, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) to[i] += from[i];
}

} // namespace detail

TPU_CONVERT_INLINE void value_range::add(value_range const& other) {
    min = std::min(min, other.min), max = std::max(max, other.max);
    count += other.count, zeros += other.zeros, not_finite += other.not_finite;
}

TPU_CONVERT_INLINE value_range range_of(std::span<float const> values) {
    auto const seen = detail::scan_extremes(values.data(), values.size());
    bool const all_zero = seen.low == 0 && seen.high == 0;
    if (seen.finite) return {seen.low, seen.high, values.size(), all_zero ? values.size() : 0, 0};
    std::vector<float> finite; // infinity is no minimum
    std::copy_if(values.begin(), values.end(), std::back_inserter(finite), [](float v) { return std::isfinite(v); });
    auto const within = detail::scan_extremes(finite.data(), finite.size());
    auto const zeros = static_cast<std::uint64_t>(std::count(finite.begin(), finite.end(), 0.0f));
    return {within.low, within.high, finite.size(), zeros, values.size() - finite.size()};
}

TPU_CONVERT_INLINE histogram::counts histogram::count(std::span<float const> values, value_range const& range,
                                                      std::size_t turn) const {
    if (range.count == 0) return {};
    if (!(width_ > 0)) return {0, range.zeros};
    counts made{range.min < 0 ? place(-range.min, width_) : 0};
    auto const above = range.max > 0 ? place(range.max, width_) : 0, places = made.below + above + 1;
    made.places.resize(places + detail::zero_places);
    std::uint32_t* const table = made.places.data() + made.below;
    std::array<std::int32_t, detail::count_block> at;
    auto const share = share_counted(values.size()), step = share * at.size();
    for (std::size_t i = turn % share * at.size(); i < values.size(); i += step) {
        std::size_t const n = std::min(at.size(), values.size() - i);
        detail::place_values(values.data() + i, n, width_, static_cast<std::int32_t>(above + 1), at.data());
        for (std::size_t k = 0; k < n; ++k) ++table[at[k]];
    }
    made.zeros = std::accumulate(table + above + 1, table + above + 1 + detail::zero_places, std::uint64_t{0});
    made.places.resize(places);
    return made;
}

TPU_CONVERT_INLINE void histogram::add(counts const& sample) {
    zeros_ += sample.zeros;
    if (sample.places.empty()) return;
    auto const below = sample.below, above = sample.places.size() - below;
    positive_.resize(std::max(positive_.size(), above));
    negative_.resize(std::max(negative_.size(), below + 1));
    for (std::size_t p = 0; p < below; ++p) negative_[below - p] += sample.places[p];
    detail::add_counts(positive_.data(), sample.places.data() + below, above); // place 0 counts as positive
}

TPU_CONVERT_INLINE std::uint64_t histogram::counted() const {
    auto const sum = [](auto const& counts) { return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}); };
    return zeros_ + sum(positive_) + sum(negative_);
}

TPU_CONVERT_INLINE std::vector<std::uint64_t> histogram::magnitudes() const {
    std::vector<std::uint64_t> sums((std::max(positive_.size(), negative_.size()) + 127) / 128 * 128);
    for (std::size_t i = 0; i < positive_.size(); ++i) sums[i] += positive_[i];
    for (std::size_t i = 0; i < negative_.size(); ++i) sums[i] += negative_[i];
    return sums;
}

} // namespace tpu_convert
