// What calibration remembers of a tensor over all samples: range and histogram, in memory that does not grow with their number.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <tpu_convert/core/config.hpp>
#include <vector>

namespace tpu_convert {

// Of one sample. Numbers that are not finite are counted and otherwise left out.
struct value_range {
    float min = std::numeric_limits<float>::infinity(), max = -std::numeric_limits<float>::infinity();
    std::uint64_t count = 0, zeros = 0, not_finite = 0; // zeros: of a tensor that has nothing else

    float magnitude() const { return count ? std::max(max, -min) : 0; }
    void add(value_range const& other);
};
value_range range_of(std::span<float const> values);

// Counts of round(x / width), half away from zero, for positive and negative x; zeros are counted apart.
class histogram {
public:
    // Of which share of its elements, 1 / this, a tensor's distribution is taken where there are many samples: one block of 1024
    // elements out of so many, another one for each `turn`.
    static std::size_t share_counted(std::size_t elements, std::size_t samples) {
        constexpr std::size_t enough = std::size_t{1} << 18, least_share = 24;
        return std::clamp<std::size_t>(elements * samples / enough, 1, least_share);
    }

    histogram() = default;
    explicit histogram(float width) : width_(width) {}

    float width() const { return width_; }
    // The place of a magnitude: floor(x / width + 0.5).
    static std::size_t place(float magnitude, float width) { return static_cast<std::size_t>(magnitude / width + 0.5f); }

    // Adds values of one sample, which must all be finite; `range` is theirs.
    void count(std::span<float const> values, value_range const& range, std::size_t share = 1, std::size_t turn = 0);

    // By place, of |x|, padded with zeros to a multiple of 128.
    std::vector<std::uint64_t> magnitudes() const;
    // By place, from 0 on.
    std::uint64_t positive(std::size_t place) const { return at(below_ + place); }
    std::size_t positive_places() const { return places_ - below_; }
    // From 1 on.
    std::uint64_t negative(std::size_t place) const { return at(below_ - place); }
    std::size_t farthest_negative() const { return below_; }
    std::uint64_t zeros() const { return zeros_; }
    std::uint64_t counted() const; // zeros too

private:
    void make_room(std::size_t below, std::size_t above);
    void fold();
    std::uint64_t at(std::size_t i) const { return recent_[i] + (older_.empty() ? 0 : older_[i]); }

    float width_ = 0;
    std::uint64_t zeros_ = 0;
    std::size_t below_ = 0, places_ = 0; // those of negative values come first, the farthest at the front
    // Counts of a few gigabytes of elements fit 32 bits, and in a near cache; then they move to 64.
    std::vector<std::uint32_t> recent_;
    std::vector<std::uint64_t> older_;
    std::uint64_t recent_elements_ = 0;
};

struct tensor_statistics {
    value_range range;
    histogram counts;
    double sum = 0;             // of the thresholds of single samples, for methods that work so
    std::uint64_t samples = 0;

    double magnitude() const { return static_cast<double>(range.magnitude()); }
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/tensor_statistics.inl>
#endif
