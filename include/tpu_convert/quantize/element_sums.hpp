// Sums over many floats that come out the same on every machine.
#pragma once
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <tpu_convert/core/config.hpp>

namespace tpu_convert::detail {

struct counted_sum {
    double sum = 0;
    std::size_t count = 0;
};

// Of |x - centre| where it is above `floor`. Sixteen lanes of float within a block of 4096, blocks in double.
TPU_CONVERT_SIMD inline counted_sum sum_of_magnitudes(float const* x, std::size_t n, float centre, float floor) {
    constexpr std::size_t lanes = 16, block = 4096;
    counted_sum all;
    for (std::size_t at = 0; at < n; at += block) {
        std::size_t const end = n - at < block ? n : at + block, whole = at + (end - at) / lanes * lanes;
        std::array<float, lanes> sums{};
        std::array<std::uint32_t, lanes> counts{};
        for (std::size_t i = at; i < whole; i += lanes)
            for (std::size_t l = 0; l < lanes; ++l) {
                float const m = std::fabs(x[i + l] - centre);
                sums[l] += m > floor ? m : 0;
                counts[l] += m > floor;
            }
        for (std::size_t i = whole; i < end; ++i) {
            float const m = std::fabs(x[i] - centre);
            sums[0] += m > floor ? m : 0;
            counts[0] += m > floor;
        }
        for (std::size_t l = 0; l < lanes; ++l) all.sum += static_cast<double>(sums[l]), all.count += counts[l];
    }
    return all;
}

} // namespace tpu_convert::detail
