// Loops of pooling; all run with subnormals flushed.
#pragma once
#include <algorithm>
#include <bit>
#include <tpu_convert/simulate/float_math.hpp>
#include <tpu_convert/simulate/pool_kernels.hpp>

namespace tpu_convert::simulate {

namespace detail {

struct keep_float {
    [[gnu::always_inline]] float operator()(float f) const { return f; }
};

struct round_to_f16 {
    [[gnu::always_inline]] float operator()(float f) const {
        std::uint32_t const bits = std::bit_cast<std::uint32_t>(f), sign = bits & 0x80000000u, u = bits & 0x7FFFFFFFu;
        std::uint32_t const normal = (u + 0xFFFu + (u >> 13 & 1u)) & ~0x1FFFu;
        std::uint32_t const small = std::bit_cast<std::uint32_t>((std::bit_cast<float>(u) + 0.5f) - 0.5f); // units of 2^-24
        std::uint32_t r = u < 0x38800000u ? small : normal;
        r = u >= 0x477FF000u ? 0x7F800000u : r;
        r = u > 0x7F800000u ? 0x7FFFE000u : r;
        return std::bit_cast<float>(sign | r);
    }
};

struct round_to_bf16 {
    [[gnu::always_inline]] float operator()(float f) const {
        std::uint32_t const bits = std::bit_cast<std::uint32_t>(f), sign = bits & 0x80000000u, u = bits & 0x7FFFFFFFu;
        std::uint32_t const r = (u + 0x7FFFu + (u >> 16 & 1u)) & 0xFFFF0000u;
        return std::bit_cast<float>(sign | (u > 0x7F800000u ? 0x7FFF0000u : r));
    }
};

template <class Round>
[[gnu::always_inline]] inline void add_loop(float* sum, float const* x, std::size_t step, float weight, std::size_t count,
                                            Round round) {
    if (step == 1)
        for (std::size_t i = 0; i < count; ++i) sum[i] = round(sum[i] + round(x[i] * weight));
    else
        for (std::size_t i = 0; i < count; ++i) sum[i] = round(sum[i] + round(x[i * step] * weight));
}

template <class Round>
[[gnu::always_inline]] inline void merge_loop(float* sum, float const* x, std::size_t count, Round round) {
    for (std::size_t i = 0; i < count; ++i) sum[i] = round(sum[i] + x[i]);
}

TPU_CONVERT_SIMD TPU_CONVERT_INLINE void add_f32(float* sum, float const* x, std::size_t step, float weight, std::size_t count) {
    add_loop(sum, x, step, weight, count, keep_float{});
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void add_f16(float* sum, float const* x, std::size_t step, float weight, std::size_t count) {
    add_loop(sum, x, step, weight, count, round_to_f16{});
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void add_bf16(float* sum, float const* x, std::size_t step, float weight, std::size_t count) {
    add_loop(sum, x, step, weight, count, round_to_bf16{});
}
TPU_CONVERT_INLINE void merge_f32(float* sum, float const* x, std::size_t, float, std::size_t count) {
    merge_loop(sum, x, count, keep_float{});
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void merge_f16(float* sum, float const* x, std::size_t, float, std::size_t count) {
    merge_loop(sum, x, count, round_to_f16{});
}
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void merge_bf16(float* sum, float const* x, std::size_t, float, std::size_t count) {
    merge_loop(sum, x, count, round_to_bf16{});
}

} // namespace detail

TPU_CONVERT_INLINE pool_tap pool_add(precision p) {
    return p == precision::f16 ? detail::add_f16 : p == precision::bf16 ? detail::add_bf16 : detail::add_f32;
}

TPU_CONVERT_INLINE pool_tap pool_merge(precision p) {
    return p == precision::f16 ? detail::merge_f16 : p == precision::bf16 ? detail::merge_bf16 : detail::merge_f32;
}

// Subnormals compare as zeros but are kept.
TPU_CONVERT_SIMD TPU_CONVERT_INLINE void pool_maximum(float* best, float const* x, std::size_t step, std::size_t count) {
    auto const larger = [](float a, float b) __attribute__((always_inline)) {
        std::uint32_t const first = std::bit_cast<std::uint32_t>(a), second = std::bit_cast<std::uint32_t>(b);
        return std::bit_cast<float>(flushed(a) > flushed(b) ? first : second);
    };
    if (step == 1)
        for (std::size_t i = 0; i < count; ++i) best[i] = larger(best[i], x[i]);
    else
        for (std::size_t i = 0; i < count; ++i) best[i] = larger(best[i], x[i * step]);
}

TPU_CONVERT_SIMD TPU_CONVERT_INLINE void pool_add_integers(std::int64_t* sum, std::int64_t const* x, std::size_t step,
                                                           std::int64_t weight, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) sum[i] += x[i * step] * weight;
}

TPU_CONVERT_SIMD TPU_CONVERT_INLINE void pool_maximum_integers(std::int64_t* best, std::int64_t const* x, std::size_t step,
                                                               std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) best[i] = std::max(best[i], x[i * step]);
}

} // namespace tpu_convert::simulate
