// Integer arithmetic of the chip: shifts with rounding, saturation.
#pragma once
#include <algorithm>
#include <cstdint>
#include <tpu_convert/simulate/rows.hpp>

namespace tpu_convert::simulate {

enum class rounding : unsigned { half_even = 0, half_away = 1, to_zero = 2, down = 3, up = 4, half_up = 5, half_down = 6 };

// x / 2^s for s > 0, x * 2^-s for s < 0, in 64 bits that wrap; left shifts count modulo 64, right ones end at 63.
constexpr std::int64_t shift_right(std::int64_t x, int s, rounding mode) {
    if (s == 0) return x;
    if (s < 0) return static_cast<std::int64_t>(static_cast<std::uint64_t>(x) << (-s & 63));
    s = std::min(s, 63);
    std::uint64_t const rest = static_cast<std::uint64_t>(x) & ((std::uint64_t{1} << s) - 1), half = std::uint64_t{1} << (s - 1);
    std::int64_t const whole = x >> s;
    switch (mode) {
    case rounding::half_even:
        return whole + (rest > half || (rest == half && (whole & 1)));
    case rounding::half_away:
        return whole + (x >= 0 ? rest >= half : rest > half);
    case rounding::to_zero:
        return whole + (x < 0 && rest != 0);
    case rounding::down:
        return whole;
    case rounding::up:
        return whole + (rest != 0);
    case rounding::half_up:
        return whole + (rest >= half);
    case rounding::half_down:
        return whole + (rest > half);
    }
    return whole;
}

struct integer_range {
    std::int64_t low, high;
};

constexpr integer_range range_of(precision p, bool is_signed) {
    int const bits = static_cast<int>(8 * bytes_of(p));
    if (is_signed) return {-(std::int64_t{1} << (bits - 1)), (std::int64_t{1} << (bits - 1)) - 1};
    return {0, (std::int64_t{1} << bits) - 1};
}

constexpr std::int64_t saturated(std::int64_t v, integer_range const& r) { return v < r.low ? r.low : v > r.high ? r.high : v; }

// The nearest integer in the given direction; x is finite and below 2^62.
inline std::int64_t rounded(double x, rounding mode) {
    std::int64_t const floor = static_cast<std::int64_t>(x) - (x < static_cast<double>(static_cast<std::int64_t>(x)));
    double const rest = x - static_cast<double>(floor);
    switch (mode) {
    case rounding::half_even:
        return floor + (rest > 0.5 || (rest == 0.5 && (floor & 1)));
    case rounding::half_away:
        return floor + (x >= 0 ? rest >= 0.5 : rest > 0.5);
    case rounding::to_zero:
        return floor + (x < 0 && rest != 0);
    case rounding::down:
        return floor;
    case rounding::up:
        return floor + (rest != 0);
    case rounding::half_up:
        return floor + (rest >= 0.5);
    case rounding::half_down:
        return floor + (rest > 0.5);
    }
    return floor;
}

} // namespace tpu_convert::simulate
