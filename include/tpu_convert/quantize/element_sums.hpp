// Sums over many floats that come out the same on every machine.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tpu_convert/core/config.hpp>
#include <vector>

namespace tpu_convert::detail {

struct counted_sum {
    double sum = 0;
    std::size_t count = 0;
};

// Of |x - centre| where it is above `floor`. Sixteen partial sums in float within a block of 4096, blocks in double.
TPU_CONVERT_SIMD inline counted_sum sum_of_magnitudes(float const* x, std::size_t n, float centre, float floor) {
    constexpr std::size_t ways = 16, block = 4096;
    counted_sum all;
    for (std::size_t at = 0; at < n; at += block) {
        std::size_t const end = n - at < block ? n : at + block, whole = at + (end - at) / ways * ways;
        std::array<float, ways> sums{};
        std::array<std::uint32_t, ways> counts{};
        for (std::size_t i = at; i < whole; i += ways)
            for (std::size_t l = 0; l < ways; ++l) {
                float const m = std::fabs(x[i + l] - centre);
                sums[l] += m > floor ? m : 0;
                counts[l] += m > floor;
            }
        for (std::size_t i = whole; i < end; ++i) {
            float const m = std::fabs(x[i] - centre);
            sums[0] += m > floor ? m : 0;
            counts[0] += m > floor;
        }
        for (std::size_t l = 0; l < ways; ++l) all.sum += static_cast<double>(sums[l]), all.count += counts[l];
    }
    return all;
}

// Moves magnitudes above `floor` to the front; how many they are.
inline std::size_t keep_above(std::span<float> x, float floor) {
    std::size_t kept = 0;
    for (float const m : x) {
        x[kept] = m;
        kept += m > floor;
    }
    return kept;
}

inline std::vector<float> magnitudes_above(std::span<float const> x, float floor) {
    std::vector<float> found(x.size());
    std::transform(x.begin(), x.end(), found.begin(), [](float v) { return std::fabs(v); });
    found.resize(keep_above(found, floor));
    return found;
}

} // namespace tpu_convert::detail
