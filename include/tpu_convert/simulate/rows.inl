// Conversion loops of the machine's buffers.
#pragma once
#include <bit>
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/rows.hpp>

namespace tpu_convert::simulate {

namespace detail {

[[gnu::always_inline]] inline float widen_f16(std::uint16_t h) {
    std::uint32_t const sign = (h & 0x8000u) << 16, rest = (h & 0x7FFFu) << 13;
    std::uint32_t const scaled = std::bit_cast<std::uint32_t>(std::bit_cast<float>(rest) * 0x1p112f);
    return std::bit_cast<float>(sign | ((h & 0x7C00u) == 0x7C00u ? rest | 0x7F800000u : scaled));
}

[[gnu::always_inline]] inline std::uint16_t narrow_f16(float f) {
    std::uint32_t const bits = std::bit_cast<std::uint32_t>(f), sign = bits >> 16 & 0x8000u, u = bits & 0x7FFFFFFFu;
    std::uint32_t const normal = ((u + 0xFFFu + (u >> 13 & 1u)) >> 13) - (112u << 10);
    std::uint32_t const small = std::bit_cast<std::uint32_t>(std::bit_cast<float>(u) + 0.5f) - 0x3F000000u;
    std::uint32_t r = u < 0x38800000u ? small : normal;
    r = sign | (u >= 0x477FF000u ? 0x7C00u : r);
    return static_cast<std::uint16_t>(u > 0x7F800000u ? 0x7FFFu : r);
}

[[gnu::always_inline]] inline float widen_bf16(std::uint16_t b) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(b) << 16);
}

[[gnu::always_inline]] inline std::uint16_t narrow_bf16(float f) {
    std::uint32_t const bits = std::bit_cast<std::uint32_t>(f), u = bits & 0x7FFFFFFFu;
    std::uint32_t const rounded = (bits + 0x7FFFu + (bits >> 16 & 1u)) >> 16, zero = bits >> 16 & 0x8000u;
    std::uint32_t const r = u < 0x007FC000u ? zero : rounded; // kept if it rounds up to the smallest normal
    return static_cast<std::uint16_t>(u > 0x7F800000u ? 0x7FFFu : r);
}

// For values that a 16-bit type holds exactly, NaN and its payload among them.
[[gnu::always_inline]] inline std::uint16_t exact_f16(float f) {
    std::uint32_t const bits = std::bit_cast<std::uint32_t>(f), sign = bits >> 16 & 0x8000u;
    bool const special = (bits & 0x7F800000u) == 0x7F800000u;
    return special ? static_cast<std::uint16_t>(sign | 0x7C00u | (bits >> 13 & 0x3FFu)) : narrow_f16(f);
}

[[gnu::always_inline]] inline std::uint16_t exact_bf16(float f) {
    return static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(f) >> 16);
}

template <class Stored, class To, class Convert>
[[gnu::always_inline]] inline void load_loop(To* to, std::byte const* from, std::uint64_t step, std::size_t count,
                                             Convert convert) {
    auto const at = [&](std::uint64_t i) {
        Stored v;
        std::memcpy(&v, from + i * sizeof(Stored), sizeof v);
        return v;
    };
    if (step == 1)
        for (std::size_t i = 0; i < count; ++i) to[i] = convert(at(i));
    else if (step == 0) {
        To const v = convert(at(0));
        for (std::size_t i = 0; i < count; ++i) to[i] = v;
    } else
        for (std::size_t i = 0; i < count; ++i) to[i] = convert(at(i * step));
}

template <class Stored, class From, class Convert>
[[gnu::always_inline]] inline void store_loop(std::byte* to, std::uint64_t step, From const* from, std::size_t count,
                                              Convert convert) {
    if (step == 1)
        for (std::size_t i = 0; i < count; ++i) {
            Stored const v = convert(from[i]);
            std::memcpy(to + i * sizeof(Stored), &v, sizeof v);
        }
    else
        for (std::size_t i = 0; i < count; ++i) {
            Stored const v = convert(from[i]);
            std::memcpy(to + i * step * sizeof(Stored), &v, sizeof v);
        }
}

TPU_CONVERT_SIMD TPU_CONVERT_INLINE void load_f32(float* to, std::byte const* from, std::uint64_t step, std::size_t count) {
    load_loop<float>(to, from, step, count, [](float v) { return v; });
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void load_f16(float* to, std::byte const* from, std::uint64_t step, std::size_t count) {
    load_loop<std::uint16_t>(to, from, step, count, widen_f16);
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void load_bf16(float* to, std::byte const* from, std::uint64_t step, std::size_t count) {
    load_loop<std::uint16_t>(to, from, step, count, widen_bf16);
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void store_f32(std::byte* to, std::uint64_t step, float const* from, std::size_t count) {
    store_loop<std::uint32_t>(to, step, from, count, [](float v) {
        std::uint32_t const bits = std::bit_cast<std::uint32_t>(v);
        return (bits & 0x7F800000u) == 0 ? bits & 0x80000000u : bits;
    });
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void store_f16(std::byte* to, std::uint64_t step, float const* from, std::size_t count) {
    store_loop<std::uint16_t>(to, step, from, count, narrow_f16);
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void store_bf16(std::byte* to, std::uint64_t step, float const* from, std::size_t count) {
    store_loop<std::uint16_t>(to, step, from, count, narrow_bf16);
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void keep_f32(std::byte* to, std::uint64_t step, float const* from, std::size_t count) {
    store_loop<float>(to, step, from, count, [](float v) { return v; });
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void keep_f16(std::byte* to, std::uint64_t step, float const* from, std::size_t count) {
    store_loop<std::uint16_t>(to, step, from, count, exact_f16);
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void keep_bf16(std::byte* to, std::uint64_t step, float const* from, std::size_t count) {
    store_loop<std::uint16_t>(to, step, from, count, exact_bf16);
}

template <class Stored>
void load_integer(std::int64_t* to, std::byte const* from, std::uint64_t step, std::size_t count) {
    load_loop<Stored>(to, from, step, count, [](Stored v) { return std::int64_t{v}; });
}
template <class Stored>
void store_integer(std::byte* to, std::uint64_t step, std::int64_t const* from, std::size_t count) {
    store_loop<Stored>(to, step, from, count, [](std::int64_t v) { return static_cast<Stored>(v); });
}

} // namespace detail

TPU_CONVERT_INLINE precision checked_precision(std::uint64_t code) {
    if (code > 5)
        throw model_error{error_code::machine_fault, "", "the machine does not know precision code " + std::to_string(code)};
    return static_cast<precision>(code);
}

TPU_CONVERT_INLINE float_load float_loader(precision p) {
    return p == precision::f16 ? detail::load_f16 : p == precision::bf16 ? detail::load_bf16 : detail::load_f32;
}

TPU_CONVERT_INLINE float_store float_storer(precision p) {
    return p == precision::f16 ? detail::store_f16 : p == precision::bf16 ? detail::store_bf16 : detail::store_f32;
}

TPU_CONVERT_INLINE float_store exact_storer(precision p) {
    return p == precision::f16 ? detail::keep_f16 : p == precision::bf16 ? detail::keep_bf16 : detail::keep_f32;
}

TPU_CONVERT_INLINE integer_load integer_loader(precision p, bool is_signed) {
    using namespace detail;
    switch (bytes_of(p)) {
    case 1:
        return is_signed ? load_integer<std::int8_t> : load_integer<std::uint8_t>;
    case 2:
        return is_signed ? load_integer<std::int16_t> : load_integer<std::uint16_t>;
    default:
        return is_signed ? load_integer<std::int32_t> : load_integer<std::uint32_t>;
    }
}

TPU_CONVERT_INLINE integer_store integer_storer(precision p) {
    using namespace detail;
    switch (bytes_of(p)) {
    case 1:
        return store_integer<std::uint8_t>;
    case 2:
        return store_integer<std::uint16_t>;
    default:
        return store_integer<std::uint32_t>;
    }
}

} // namespace tpu_convert::simulate
