// Ranges and histograms of tensors: loops over all elements.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <tpu_convert/quantize/tensor_statistics.hpp>
#include <utility>

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

// Of this thread, all zero, in its nearest cache: places of a whole network's tensors are not.
inline std::vector<std::uint32_t>& counting_table(std::size_t size) {
    thread_local std::vector<std::uint32_t> table;
    table.resize(size); // what was cut off is zero, too
    return table;
}

// The elements of each `step`th block from `first` on, counted from the place of 0; how many they are.
inline std::size_t count_places(std::span<float const> values, std::size_t first, std::size_t step, float width,
                                std::int32_t zero, std::uint32_t* origin) {
    std::array<std::int32_t, count_block> at;
    std::size_t counted = 0;
    for (std::size_t i = first; i < values.size(); i += step) {
        std::size_t const n = std::min(at.size(), values.size() - i);
        place_values(values.data() + i, n, width, zero, at.data());
        for (std::size_t k = 0; k < n; ++k) ++origin[at[k]];
        counted += n;
    }
    return counted;
}

// `from` is zero again.
TPU_CONVERT_SIMD inline void take_counts(std::uint32_t* __restrict to, std::uint32_t* __restrict from, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) to[i] += from[i], from[i] = 0;
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

TPU_CONVERT_INLINE void histogram::make_room(std::size_t below, std::size_t above) {
    auto const more = below > below_ ? below - below_ : 0;
    below_ += more;
    places_ = std::max(places_ + more, below_ + above + 1);
    recent_.insert(recent_.begin(), more, 0);
    recent_.resize(places_);
    if (older_.empty()) return;
    older_.insert(older_.begin(), more, 0);
    older_.resize(places_);
}

TPU_CONVERT_INLINE void histogram::fold() {
    older_.resize(places_);
    for (std::size_t i = 0; i < places_; ++i) older_[i] += std::exchange(recent_[i], 0);
    recent_elements_ = 0;
}

TPU_CONVERT_INLINE void histogram::count(std::span<float const> values, value_range const& range, std::size_t share,
                                         std::size_t turn) {
    if (range.count == 0) return;
    if (!(width_ > 0)) {
        zeros_ += range.zeros;
        return;
    }
    auto const below = range.min < 0 ? place(-range.min, width_) : 0, above = range.max > 0 ? place(range.max, width_) : 0;
    auto& table = detail::counting_table(below + above + 1 + detail::zero_places);
    auto const elements = detail::count_places(values, turn % share * detail::count_block, share * detail::count_block, width_,
                                               static_cast<std::int32_t>(above + 1), table.data() + below);
    make_room(below, above);
    if ((recent_elements_ += elements) > std::numeric_limits<std::uint32_t>::max()) fold(), recent_elements_ = elements;
    detail::take_counts(recent_.data() + below_ - below, table.data(), below + above + 1);
    for (std::size_t i = below + above + 1; i < table.size(); ++i) zeros_ += std::exchange(table[i], 0);
}

TPU_CONVERT_INLINE std::uint64_t histogram::counted() const {
    auto const recent = std::accumulate(recent_.begin(), recent_.end(), zeros_);
    return std::accumulate(older_.begin(), older_.end(), recent);
}

TPU_CONVERT_INLINE std::vector<std::uint64_t> histogram::magnitudes() const {
    std::vector<std::uint64_t> sums((std::max(positive_places(), below_ + 1) + 127) / 128 * 128);
    for (std::size_t i = 0; i < positive_places(); ++i) sums[i] += positive(i);
    for (std::size_t i = 1; i <= below_; ++i) sums[i] += negative(i);
    return sums;
}

} // namespace tpu_convert
