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
    // Of a large tensor one block of 1024 elements out of `share_counted` is counted, another one for each `turn`.
    static std::size_t share_counted(std::size_t elements) { return std::clamp<std::size_t>(elements / 16384, 1, 8); }

    histogram() = default;
    explicit histogram(float width) : width_(width) {}

    float width() const { return width_; }
    // The place of a magnitude: floor(x / width + 0.5).
    static std::size_t place(float magnitude, float width) { return static_cast<std::size_t>(magnitude / width + 0.5f); }

    // Of one sample, before they are added.
    struct counts {
        std::size_t below = 0;             // places of negative values, which come first, the farthest at the front
        std::uint64_t zeros = 0;
        std::vector<std::uint32_t> places{};
    };
    // All values must be finite; `range` is theirs.
    counts count(std::span<float const> values, value_range const& range, std::size_t turn = 0) const;
    void add(counts const& sample);

    // By place, of |x|, padded with zeros to a multiple of 128.
    std::vector<std::uint64_t> magnitudes() const;
    std::vector<std::uint64_t> const& positive() const { return positive_; }
    std::vector<std::uint64_t> const& negative() const { return negative_; }
    std::uint64_t zeros() const { return zeros_; }
    std::uint64_t counted() const; // zeros too

private:
    float width_ = 0;
    std::uint64_t zeros_ = 0;
    std::vector<std::uint64_t> positive_, negative_;
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
