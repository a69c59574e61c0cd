// Integer arithmetic of quantized networks: rounding shifts, saturation, and real factors as multiplier and shift.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>

namespace tpu_convert {

// x / 2^shift, halves away from zero; a negative shift multiplies. |shift| < 63.
constexpr std::int64_t round_shift(std::int64_t x, std::int64_t shift) {
    if (shift <= 0) return x << -shift;
    std::int64_t const half = std::int64_t{1} << (shift - 1);
    return x >= 0 ? (x + half) >> shift : -((-x + half) >> shift);
}

// x / 2^shift, halves up. 0 <= shift < 63.
constexpr std::int64_t round_shift_half_up(std::int64_t x, std::int64_t shift) {
    return shift <= 0 ? x << -shift : (x + (std::int64_t{1} << (shift - 1))) >> shift;
}

// x * multiplier / 2^(31 + shift) in two roundings: to 2^-31 halves up, by 2^-shift halves away from zero. A negative shift
// multiplies x first.
constexpr std::int64_t doubled_product(std::int64_t x, std::int64_t multiplier, std::int64_t shift) {
    if (shift < 0) x <<= -shift;
    return round_shift((x * multiplier + (std::int64_t{1} << 30)) >> 31, std::max<std::int64_t>(shift, 0));
}

// A real factor as multiplier / 2^shift.
struct scale_factor {
    std::int64_t multiplier = 1, shift = 0;

    double value() const { return std::ldexp(static_cast<double>(multiplier), -static_cast<int>(shift)); }
};

// The nearest pair with |multiplier| < limit, the first of the best (BM1684X family). `lowest_shift` -32, or 0 where the
// chip shifts to the right only; shifts are below 31.
inline scale_factor nearest_factor(double factor, std::int64_t limit, std::int64_t lowest_shift) {
    scale_factor best{0, lowest_shift};
    double least = std::numeric_limits<double>::infinity();
    for (std::int64_t n = lowest_shift; n < 31; ++n) {
        double const m = std::round(std::ldexp(factor, static_cast<int>(n)));
        if (!(std::abs(m) < static_cast<double>(limit))) continue;
        double const error = std::abs(std::ldexp(m, -static_cast<int>(n)) - factor);
        if (error < least) best = {static_cast<std::int64_t>(m), n}, least = error;
    }
    return best;
}
inline scale_factor factor_of_32_bits(double factor) {
    return nearest_factor(factor, std::numeric_limits<std::int32_t>::max(), -32);
}
// multiplier / 2^(31 + shift), the multiplier in [2^30, 2^31); what lies below 2^-31 counts as that.
inline scale_factor doubling_factor(double factor) {
    int exponent = 0;
    double const fraction = std::frexp(std::max(factor, 0x1p-31), &exponent);
    auto const m = static_cast<std::int64_t>(std::round(std::ldexp(fraction, 31)));
    bool const carried = m == std::int64_t{1} << 31;
    return {carried ? m >> 1 : m, -static_cast<std::int64_t>(exponent) - carried};
}
inline scale_factor factor_of_8_bits(double factor) { return nearest_factor(factor, 127, 0); }

} // namespace tpu_convert
