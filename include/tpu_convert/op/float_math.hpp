// exp, log, tanh, erf and rounding: branch-free polynomials for float, so that loops vectorise; the standard library's for
// double.
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace tpu_convert::float_math {

inline double exp(double x) { return std::exp(x); }
inline double log(double x) { return std::log(x); }
inline double tanh(double x) { return std::tanh(x); }
inline double erf(double x) { return std::erf(x); }
inline double round_half_even(double x) { return std::nearbyint(x); }
inline double floor(double x) { return std::floor(x); }
inline double ceil(double x) { return std::ceil(x); }

inline float power_of_two(std::int32_t k) { return std::bit_cast<float>((k + 127) << 23); }

// x = k ln 2 + r with |r| <= ln 2 / 2; exp(r) = 1 + r + r^2 p(r). 2^k in two factors, so that results may be subnormal.
inline float exp(float x) {
    constexpr float magic = 12582912.0f; // adding it rounds to a whole number
    x = x < -104.0f ? -104.0f : x;
    x = x > 89.0f ? 89.0f : x;
    float const shifted = x * 1.44269504f + magic, k = shifted - magic;
    float const r = (x - k * 0x1.63p-1f) - k * -2.12194440e-4f;
    float const p = 0.5f + r * (0x1.55548ap-3f + r * (0x1.555916p-5f + r * (0x1.123fc6p-7f + r * 0x1.6a1a72p-10f)));
    std::int32_t const whole = std::bit_cast<std::int32_t>(shifted) - std::bit_cast<std::int32_t>(magic), half = whole >> 1;
    return (1.0f + (r + r * r * p)) * power_of_two(half) * power_of_two(whole - half);
}

// x = 2^e (1 + f) with 1 + f between sqrt(1/2) and sqrt(2); with s = f / (2 + f): log(1 + f) = 2 atanh(s).
inline float log(float x) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    bool const tiny = x < 0x1p-126f;
    float const scaled = tiny ? x * 0x1p25f : x;
    std::int32_t const bits = std::bit_cast<std::int32_t>(scaled) - 0x3F3504F3;
    float const e = static_cast<float>(bits >> 23) - (tiny ? 25.0f : 0.0f);
    float const f = std::bit_cast<float>((bits & 0x7FFFFF) + 0x3F3504F3) - 1.0f;
    float const s = f / (2.0f + f), s2 = s * s, square = 0.5f * f * f;
    float const rest = s2 * (0x1.55557ap-1f + s2 * (0x1.995e0ep-2f + s2 * 0x1.31f672p-2f));
    float const y = e * 0x1.62e3p-1f - ((square - (s * (square + rest) + e * 0x1.2fefa4p-17f)) - f);
    float const finite = x == infinity ? infinity : y;
    float const positive = x == 0.0f ? -infinity : finite;
    return x >= 0.0f ? positive : std::numeric_limits<float>::quiet_NaN();
}

// An odd polynomial near 0, else 1 - 2 / (exp(2|x|) + 1).
inline float tanh(float x) {
    float const magnitude = std::fabs(x), u = x * x;
    float const p = -0x1.55553ep-2f + u * (0x1.1109dcp-3f + u * (-0x1.b89edap-5f + u * (0x1.54e018p-6f + u * -0x1.830bfcp-8f)));
    float const near = magnitude + magnitude * u * p;
    float const far = 1.0f - 2.0f / (exp(2.0f * magnitude) + 1.0f);
    return std::copysign(magnitude < 0.6f ? near : far, x);
}

// An odd polynomial near 0, else 1 - exp(-p(|x|)) where p fits -log(erfc) up to 4.
inline float erf(float x) {
    float const magnitude = std::fabs(x), u = x * x, a = magnitude > 4.0f ? 4.0f : magnitude;
    float const near =
        magnitude * (0x1.20dd76p+0f +
                     u * (-0x1.812744p-2f +
                          u * (0x1.ce2e54p-4f +
                               u * (-0x1.b81524p-6f + u * (0x1.550a44p-8f + u * (-0x1.aca392p-11f + u * 0x1.6510c0p-14f))))));
    float const p = -0x1.62d8d4p-13f +
                    a * (0x1.212626p+0f +
                         a * (0x1.444d1ep-1f +
                              a * (0x1.bb4548p-4f +
                                   a * (-0x1.9aebb2p-6f + a * (0x1.106254p-8f + a * (-0x1.c45922p-12f + a * 0x1.5d71f0p-16f))))));
    return std::copysign(magnitude < 0.9f ? near : 1.0f - exp(-p), x);
}

// Whole numbers from 2^23 on stay as they are.
inline float round_half_even(float x) {
    float const magnitude = std::fabs(x), rounded = (magnitude + 0x1p23f) - 0x1p23f;
    return magnitude < 0x1p23f ? std::copysign(rounded, x) : x;
}
inline float floor(float x) {
    float const nearest = round_half_even(x);
    return nearest > x ? nearest - 1.0f : nearest;
}
inline float ceil(float x) {
    float const nearest = round_half_even(x);
    return nearest < x ? std::copysign(nearest + 1.0f, x) : nearest;
}

} // namespace tpu_convert::float_math
