// Kernels of the machine's float arithmetic.
#pragma once
#include <cmath>
#include <tpu_convert/simulate/float_math.hpp>

namespace tpu_convert::simulate {

namespace detail {

[[gnu::always_inline]] inline bool is_nan_bits(std::uint32_t u) { return (u & 0x7FFFFFFFu) > 0x7F800000u; }

[[gnu::always_inline]] inline bool any_nan(float const* r, std::size_t count) {
    std::uint32_t found = 0;
    for (std::size_t i = 0; i < count; ++i) found |= (std::bit_cast<std::uint32_t>(r[i]) & 0x7FFFFFFFu) > 0x7F800000u ? 1u : 0u;
    return found != 0;
}

// The first NaN operand becomes quiet; an operation that makes a NaN gives the negative quiet one. Compilers may swap operands,
// so it is done by hand.
TPU_CONVERT_INLINE void settle_nan(float* r, float const* a, float const* b, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t const x = std::bit_cast<std::uint32_t>(a[i]), y = std::bit_cast<std::uint32_t>(b[i]);
        if (!is_nan_bits(std::bit_cast<std::uint32_t>(r[i]))) continue;
        std::uint32_t const v = is_nan_bits(x) ? x | 0x400000u : is_nan_bits(y) ? y | 0x400000u : 0xFFC00000u;
        r[i] = std::bit_cast<float>(v);
    }
}

} // namespace detail

// r is neither a nor b: operands are looked at again to trace a NaN.
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void add_kernel(float* r, float const* a, float const* b, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) r[i] = flushed(a[i]) + flushed(b[i]);
    if (detail::any_nan(r, count)) detail::settle_nan(r, a, b, count);
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void sub_kernel(float* r, float const* a, float const* b, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) r[i] = flushed(a[i]) - flushed(b[i]);
    if (detail::any_nan(r, count)) detail::settle_nan(r, a, b, count);
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void mul_kernel(float* r, float const* a, float const* b, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) r[i] = flushed(a[i]) * flushed(b[i]);
    if (detail::any_nan(r, count)) detail::settle_nan(r, a, b, count);
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void max_kernel(float* r, float const* a, float const* b, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        float const x = flushed(a[i]), y = flushed(b[i]);
        r[i] = x > y ? x : y;
    }
}
// A NaN counts as less.
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void min_kernel(float* r, float const* a, float const* b, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        float const x = flushed(a[i]), y = flushed(b[i]);
        r[i] = x >= y ? y : x;
    }
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void sub_abs_kernel(float* r, float const* a, float const* b, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        float const x = flushed(a[i]), y = flushed(b[i]);
        r[i] = x > y ? x - y : y - x;
    }
    if (detail::any_nan(r, count)) detail::settle_nan(r, b, a, count);
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void abs_kernel(float* r, float const* a, float const*, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) r[i] = std::bit_cast<float>(std::bit_cast<std::uint32_t>(a[i]) & 0x7FFFFFFFu);
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void div_kernel(float* r, float const* a, float const* b, std::size_t count, unsigned steps) {
    constexpr std::size_t piece = 64;
    float inverse[piece], numerator[piece];
    for (std::size_t i = 0; i < count; i += piece) {
        std::size_t const n = count - i < piece ? count - i : piece;
        for (std::size_t k = 0; k < n; ++k) {
            std::uint32_t const d = std::bit_cast<std::uint32_t>(b[i + k]);
            float const y = inverse_root(std::bit_cast<float>(d & 0x7FFFFFFFu), steps);
            inverse[k] = flushed(y * y);
            numerator[k] = flushed(std::bit_cast<float>(std::bit_cast<std::uint32_t>(a[i + k]) ^ (d & 0x80000000u)));
        }
        for (std::size_t k = 0; k < n; ++k) r[i + k] = flushed(inverse[k] * numerator[k]);
        if (detail::any_nan(r + i, n)) detail::settle_nan(r + i, inverse, numerator, n);
    }
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void inverse_root_kernel(float* r, float const* a, std::size_t count, unsigned steps) {
    for (std::size_t i = 0; i < count; ++i) r[i] = inverse_root(a[i], steps);
}

} // namespace tpu_convert::simulate
