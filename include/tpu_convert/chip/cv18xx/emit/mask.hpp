// Comparisons of bf16 as 1 and 0, and roundings to whole numbers, made of sums, products and limits: chips of the family have no
// comparison in common. Differences below 2^-100 count as parts of 1.
#pragma once
#include <cmath>
#include <limits>
#include <tpu_convert/chip/cv18xx/emit/arithmetic.hpp>
#include <tpu_convert/core/float16.hpp>

namespace tpu_convert::cv18xx_emit {

inline constexpr double least_difference = 0x1p-100;
inline constexpr double largest_bf16 = 0x1.fep127;

// dst = 1 where x is above 0, else 0.
template <class Chip>
void above_zero(builder<Chip>& b, local_tensor const& dst, local_tensor const& x) {
    with_constant<"tensor.max">(b, dst, x, 0);
    with_constant<"tensor.min">(b, dst, dst, least_difference);
    with_constant<"tensor.mul">(b, dst, dst, 1 / least_difference);
}

// dst = 1 - x.
template <class Chip>
void opposite(builder<Chip>& b, local_tensor const& dst, local_tensor const& x) {
    with_constant<"tensor.mul">(b, dst, x, -1);
    with_constant<"tensor.add">(b, dst, dst, 1);
}

// dst = 1 where x is 0, else 0.
template <class Chip>
void equals_zero(builder<Chip>& b, local_tensor const& dst, local_tensor const& x) {
    auto const mark = b.mark();
    local_tensor const minus = b.scratch(dst.dims, dst.type, dst.layout);
    with_constant<"tensor.mul">(b, minus, x, -1);
    with_tensor<"tensor.max">(b, dst, minus, x);
    with_constant<"tensor.min">(b, dst, dst, least_difference);
    with_constant<"tensor.mul">(b, dst, dst, -1 / least_difference);
    with_constant<"tensor.add">(b, dst, dst, 1);
    b.release(mark);
}

// To the nearest whole number, half to even; not in place. From 128 on each bf16 is whole, and so is one that 128 was added to.
template <class Chip>
void round_whole(builder<Chip>& b, local_tensor const& dst, local_tensor const& x) {
    auto const mark = b.mark();
    local_tensor const near = b.scratch(dst.dims, dst.type, dst.layout), part = b.scratch(dst.dims, dst.type, dst.layout);
    with_constant<"tensor.min">(b, near, x, 128);
    with_constant<"tensor.max">(b, near, near, -128);
    with_tensor<"tensor.sub">(b, dst, x, near);
    for (double sign : {1.0, -1.0}) {
        if (sign > 0) with_constant<"tensor.max">(b, part, near, 0);
        else with_constant<"tensor.min">(b, part, near, 0);
        with_constant<"tensor.add">(b, part, part, 128 * sign);
        with_constant<"tensor.add">(b, part, part, -128 * sign);
        with_tensor<"tensor.add">(b, dst, dst, part);
    }
    b.release(mark);
}

// Down to a whole number, or up; not in place.
template <class Chip>
void round_towards(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, bool up) {
    round_whole(b, dst, x);
    auto const mark = b.mark();
    local_tensor const off = b.scratch(dst.dims, dst.type, dst.layout);
    if (up) with_tensor<"tensor.sub">(b, off, x, dst);
    else with_tensor<"tensor.sub">(b, off, dst, x);
    above_zero(b, off, off);
    if (up) with_tensor<"tensor.add">(b, dst, dst, off);
    else with_tensor<"tensor.sub">(b, dst, dst, off);
    b.release(mark);
}

// The largest bf16 that is not above v, the smallest that is not below it.
inline double bf16_not_above(double v) {
    std::uint16_t const bits = f32_to_bf16(static_cast<float>(v));
    if (bf16_to_f32(bits) <= v) return bf16_to_f32(bits);
    if ((bits & 0x7FFF) == 0) return -0x1p-126; // subnormal numbers count as 0
    return bf16_to_f32(static_cast<std::uint16_t>(bits & 0x8000 ? bits + 1 : bits - 1));
}
inline double bf16_not_below(double v) { return -bf16_not_above(-v); }

} // namespace tpu_convert::cv18xx_emit
