// Conversions between float32 and the 16-bit float formats, round to nearest even.
#pragma once
#include <bit>
#include <cstdint>

namespace tpu_convert {

constexpr float f16_to_f32(std::uint16_t h) {
    std::uint32_t const sign = (h & 0x8000u) << 16, exponent = (h >> 10) & 31u, mantissa = h & 0x3FFu;
    if (exponent == 31) return std::bit_cast<float>(sign | 0x7F800000u | mantissa << 13);
    if (exponent != 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | mantissa << 13);
    float const magnitude = static_cast<float>(mantissa) * 0x1p-24f;
    return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(magnitude));
}

// Overflow gives infinity, NaN gives 0x7FFF, subnormals are kept.
constexpr std::uint16_t f32_to_f16(float f) {
    std::uint32_t const bits = std::bit_cast<std::uint32_t>(f);
    std::uint16_t const sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000u);
    std::uint32_t const magnitude = bits & 0x7FFFFFFFu;
    if (magnitude > 0x7F800000u) return 0x7FFF;
    if (magnitude >= 0x477FF000u) return sign | 0x7C00u; // 65520 and more
    if (magnitude < 0x38800000u) {                       // below 2^-14: units of 2^-24
        if (magnitude < 0x33000000u) return sign;        // below 2^-25
        std::uint32_t const shift = 126 - (magnitude >> 23), full = (magnitude & 0x7FFFFFu) | 0x800000u;
        std::uint32_t const kept = full >> shift, rest = full & ((1u << shift) - 1), half = 1u << (shift - 1);
        return static_cast<std::uint16_t>(sign | (kept + (rest > half || (rest == half && (kept & 1)))));
    }
    std::uint32_t const rounded = magnitude + 0xFFFu + (magnitude >> 13 & 1u);
    return static_cast<std::uint16_t>(sign | ((rounded >> 13) - (112u << 10)));
}

constexpr float bf16_to_f32(std::uint16_t b) { return std::bit_cast<float>(static_cast<std::uint32_t>(b) << 16); }

// Overflow gives infinity, NaN gives 0x7FFF, float32 subnormals give a signed zero.
constexpr std::uint16_t f32_to_bf16(float f) {
    std::uint32_t const bits = std::bit_cast<std::uint32_t>(f);
    if ((bits & 0x7FFFFFFFu) > 0x7F800000u) return 0x7FFF;
    if ((bits & 0x7F800000u) == 0) return static_cast<std::uint16_t>(bits >> 16 & 0x8000u);
    return static_cast<std::uint16_t>((bits + 0x7FFFu + (bits >> 16 & 1u)) >> 16);
}

} // namespace tpu_convert
