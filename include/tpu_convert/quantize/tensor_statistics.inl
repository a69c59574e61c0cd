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
    bool finite;
};

// 0 x is not 0 where x is not finite. The ways are independent so that the loops are vectorised; nothing depends on the order.
TPU_CONVERT_SIMD inline extremes scan_extremes(float const* x, std::size_t n) {
    constexpr std::size_t ways = 32;
    std::array<float, ways> low, high, poison{};
    low.fill(std::numeric_limits<float>::infinity());
    high.fill(-std::numeric_limits<float>::infinity());
    std::size_t const whole = n / ways * ways;
    for (std::size_t i = 0; i < whole; i += ways)
        for (std::size_t l = 0; l < ways; ++l) {
            float const v = x[i + l];
            low[l] = v < low[l] ? v : low[l];
            high[l] = v > high[l] ? v : high[l];
            poison[l] += v * 0.0f;
        }
    for (std::size_t i = whole; i < n; ++i) {
        low[0] = std::min(low[0], x[i]), high[0] = std::max(high[0], x[i]);
        poison[0] += x[i] * 0.0f;
    }
    extremes e{low[0], high[0], true};
    for (std::size_t l = 0; l < ways; ++l)
        e.low = std::min(e.low, low[l]), e.high = std::max(e.high, high[l]), e.finite = e.finite && poison[l] == 0;
    return e;
}

// round(x / width) for a block.
TPU_CONVERT_SIMD inline void place_values(float const* x, std::size_t n, float width, std::int32_t* places) {
    for (std::size_t i = 0; i < n; ++i) places[i] = static_cast<std::int32_t>(x[i] / width + std::copysign(0.5f, x[i]));
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

namespace detail {

inline constexpr std::size_t count_block = 1024;
// Neighbours often have the same place: tables that take turns do not wait for each other.
inline constexpr std::size_t count_tables = 2;

} // namespace detail

TPU_CONVERT_INLINE void histogram::count(std::span<float const> values, std::size_t below, std::size_t places,
                                         std::uint32_t* tables) {
    constexpr auto turns = detail::count_tables;
    std::array<std::int32_t, detail::count_block> at;
    std::size_t const n = values.size();
    detail::place_values(values.data(), n, width_, at.data());
    std::uint64_t zeros = 0;
    for (float const v : values) zeros += v == 0;
    zeros_ += zeros;
    auto* const table = tables + below;
    std::size_t j = 0;
    for (; j + turns <= n; j += turns)
        for (std::size_t t = 0; t < turns; ++t) ++table[static_cast<std::ptrdiff_t>(t * places) + at[j + t]];
    for (; j < n; ++j) ++table[at[j]];
    *table -= static_cast<std::uint32_t>(zeros);
}

TPU_CONVERT_INLINE void histogram::add(std::span<float const> values, value_range const& range, std::size_t turn) {
    if (range.count == 0) return;
    if (!(width_ > 0)) {
        zeros_ += range.zeros;
        return;
    }
    auto const below = range.min < 0 ? place(-range.min, width_) : 0, above = range.max > 0 ? place(range.max, width_) : 0;
    std::size_t const places = below + above + 1;
    std::vector<std::uint32_t> tables(detail::count_tables * places, 0);
    constexpr auto block = detail::count_block;
    auto const share = share_counted(values.size());
    for (std::size_t i = turn % share * block; i < values.size(); i += share * block)
        count(values.subspan(i, std::min(block, values.size() - i)), below, places, tables.data());
    positive_.resize(std::max(positive_.size(), above + 1));
    negative_.resize(std::max(negative_.size(), below + 1));
    auto const* const first = tables.data();
    for (std::size_t t = 1; t < detail::count_tables; ++t)
        for (std::size_t p = 0; p < places; ++p) tables[p] += first[t * places + p];
    for (std::size_t p = 0; p < below; ++p) negative_[below - p] += tables[p];
    for (std::size_t p = below; p < places; ++p) positive_[p - below] += tables[p]; // place 0 counts as positive
}

TPU_CONVERT_INLINE void histogram::add(histogram const& other) {
    zeros_ += other.zeros_;
    positive_.resize(std::max(positive_.size(), other.positive_.size()));
    negative_.resize(std::max(negative_.size(), other.negative_.size()));
    for (std::size_t i = 0; i < other.positive_.size(); ++i) positive_[i] += other.positive_[i];
    for (std::size_t i = 0; i < other.negative_.size(); ++i) negative_[i] += other.negative_[i];
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
