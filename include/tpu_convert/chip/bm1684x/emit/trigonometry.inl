#pragma once
#include <array>
#include <numbers>
#include <tpu_convert/chip/bm1684x/emit/range_reduction.hpp>
#include <tpu_convert/chip/bm1684x/emit/special.hpp>

namespace tpu_convert::bm1684x_emit {

namespace detail {

// sin(r) * (-1)^k on |r| <= pi / 2; k is a whole number and is used up.
inline void signed_sine(builder& b, local_tensor const& dst, local_tensor const& r, local_tensor const& k) {
    static constexpr std::array c{1.0, -1.6666667e-1, 8.3333310e-3, -1.9840874e-4, 2.7525562e-6, -2.3889859e-8};
    auto const mark = b.mark();
    local_tensor const square = b.scratch(dst.dims, dtype::f32);
    mul(b, square, r, r);
    polynomial(b, dst, square, c);
    mul(b, dst, dst, r);
    b.release(mark);
    local_tensor const parity = as_type(k, dtype::i32), bits = as_type(dst, dtype::i32);
    cast(b, parity, k);
    shift(b, parity, parity, 31);
    add(b, bits, bits, parity);
}

// pi in parts whose product with a whole number below 2^12 is exact.
inline constexpr std::array pi_parts{3.140625, 9.67502593994140625e-4, 1.509957990978376432e-7};

} // namespace detail

// x = k pi + r with |r| <= pi / 2.
TPU_CONVERT_INLINE void sin(builder& b, local_tensor const& dst, local_tensor const& x) {
    auto const mark = b.mark();
    local_tensor const r = b.scratch(dst.dims, dtype::f32), k = b.scratch(dst.dims, dtype::f32);
    mul(b, k, x, std::numbers::inv_pi);
    round(b, k, k, rounding::half_even);
    copy(b, r, x);
    detail::subtract_multiple(b, r, k, detail::pi_parts);
    detail::signed_sine(b, dst, r, k);
    b.release(mark);
}
// sin(x + pi / 2), the half taken into the reduction.
TPU_CONVERT_INLINE void cos(builder& b, local_tensor const& dst, local_tensor const& x) {
    auto const mark = b.mark();
    local_tensor const r = b.scratch(dst.dims, dtype::f32), k = b.scratch(dst.dims, dtype::f32);
    mul(b, k, x, std::numbers::inv_pi);
    add(b, k, k, 0.5);
    round(b, k, k, rounding::half_even);
    sub(b, k, k, 0.5);
    copy(b, r, x);
    detail::subtract_multiple(b, r, k, detail::pi_parts);
    add(b, k, k, 0.5);
    detail::signed_sine(b, dst, r, k);
    b.release(mark);
}
TPU_CONVERT_INLINE void tan(builder& b, local_tensor const& dst, local_tensor const& x) {
    auto const mark = b.mark();
    local_tensor const below = b.scratch(dst.dims, dtype::f32);
    cos(b, below, x);
    sin(b, dst, x);
    div(b, dst, dst, below);
    b.release(mark);
}

// acos(|x|) = sqrt(1 - |x|) p(|x|), and pi minus that for negative x.
TPU_CONVERT_INLINE void acos(builder& b, local_tensor const& dst, local_tensor const& x) {
    static constexpr std::array p{1.5707963050, -0.2145988016, 0.0889789874, -0.0501743046,
                                  0.0308918810, -0.0170881256, 0.0066700901, -0.0012624911};
    auto const mark = b.mark();
    auto const [size, t, root] = detail::three_scratch(b, dst.dims);
    abs(b, size, x);
    polynomial(b, dst, size, p);
    sub(b, t, 1.0, size);
    sqrt(b, root, t);
    mul(b, dst, dst, root);
    sub(b, t, std::numbers::pi, dst);
    choose_greater(b, dst, 0.0, x, t, dst);
    b.release(mark);
}

} // namespace tpu_convert::bm1684x_emit
