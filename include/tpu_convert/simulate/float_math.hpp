// Floating-point operations on buffers exactly as the chip does them: float32, subnormal operands count as zero. The store
// flushes subnormal results.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <tpu_convert/core/config.hpp>

namespace tpu_convert::simulate {

[[gnu::always_inline]] inline float flushed(float x) {
    std::uint32_t const bits = std::bit_cast<std::uint32_t>(x);
    return std::bit_cast<float>((bits & 0x7F800000u) == 0 ? bits & 0x80000000u : bits);
}

// 1/sqrt(x) by `steps` Newton steps from the shifted exponent: y <- y (1.5 - x/2 y y), each product rounded.
[[gnu::always_inline]] inline float inverse_root(float x, unsigned steps) {
    float y = flushed(std::bit_cast<float>(0x5F3759DFu - static_cast<std::uint32_t>(std::bit_cast<std::int32_t>(x) >> 1)));
    float const half = flushed(x * 0.5f);
    for (unsigned i = 0; i < steps; ++i) y = flushed(y * (1.5f - flushed(flushed(half * y) * y)));
    return y;
}

using binary_kernel = void (*)(float* r, float const* a, float const* b, std::size_t count);

void add_kernel(float* r, float const* a, float const* b, std::size_t count);
void sub_kernel(float* r, float const* a, float const* b, std::size_t count);
void mul_kernel(float* r, float const* a, float const* b, std::size_t count);
void max_kernel(float* r, float const* a, float const* b, std::size_t count);
void min_kernel(float* r, float const* a, float const* b, std::size_t count);
void sub_abs_kernel(float* r, float const* a, float const* b, std::size_t count);
void abs_kernel(float* r, float const* a, float const* b, std::size_t count);
// a / b = a (1/sqrt|b|)^2 with the sign of b moved to a.
void div_kernel(float* r, float const* a, float const* b, std::size_t count, unsigned steps);
void inverse_root_kernel(float* r, float const* a, std::size_t count, unsigned steps);

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/float_math.inl>
#endif
