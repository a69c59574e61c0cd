#pragma once
#include <array>
#include <cmath>
#include <numbers>
#include <tpu_convert/chip/bm1684x/emit/range_reduction.hpp>
#include <tpu_convert/chip/bm1684x/emit/special.hpp>

namespace tpu_convert::bm1684x_emit {

namespace detail {

inline constexpr std::int64_t series_length = 16; // elements of a row of coefficients
inline constexpr double infinity = std::numeric_limits<double>::infinity();

// Coefficients from static memory in every lane.
inline local_tensor series(builder& b, std::uint32_t table) {
    local_tensor const row = b.scratch({1, bm1684x::lanes, 1, series_length}, dtype::f32);
    if (b.measuring()) return row;
    bm1684x::commands::trans_bc_short c;
    c.select<"tsbc.s_bc">();
    set_shape(c, row.dims);
    c.set<"res0_prec">(bm1684x::precision_of(row.type));
    c.set<"res0_addr">(row.address);
    c.set<"opd0_addr">(bm1684x::static_base + table);
    b.out().tiu(c, {write_of(row)});
    return row;
}

inline void taylor(builder& b, local_tensor const& dst, local_tensor const& x, local_tensor const& row, std::int64_t terms) {
    if (b.measuring()) return;
    bm1684x::commands::sfu_short c;
    c.select<"sfu.taylor">();
    set_shape(c, dst.dims);
    c.set<"res0_prec">(bm1684x::precision_of(dst.type));
    c.set<"opd0_prec">(bm1684x::precision_of(x.type));
    c.set<"res0_addr">(dst.address);
    c.set<"opd0_addr">(x.address);
    c.set<"opd1_addr">(row.address);
    c.set<"opd1_n">(terms);
    b.out().tiu(c, {write_of(dst), read_of(x), read_of(row)});
}

// 1 / sqrt(x) for 0 < x < infinity; of 0 it is large and finite.
inline void rsqrt_command(builder& b, local_tensor const& dst, local_tensor const& x) {
    if (b.measuring()) return;
    bm1684x::commands::sfu_short c;
    c.select<"sfu.rsqrt">();
    set_shape(c, dst.dims);
    c.set<"res0_prec">(bm1684x::precision_of(dst.type));
    c.set<"opd0_prec">(bm1684x::precision_of(x.type));
    c.set<"opd2_n_str">(3);
    c.set<"res0_addr">(dst.address);
    c.set<"opd0_addr">(x.address);
    b.out().tiu(c, {write_of(dst), read_of(x)});
}

// dst takes the sign of x; dst >= 0.
inline void copy_sign(builder& b, local_tensor const& dst, local_tensor const& x) {
    auto const mark = b.mark();
    local_tensor const sign = b.scratch(dst.dims, dtype::i32);
    bit_and(b, sign, as_type(x, dtype::i32), static_cast<double>(std::numeric_limits<std::int32_t>::min()));
    bit_or(b, as_type(dst, dtype::i32), as_type(dst, dtype::i32), sign);
    b.release(mark);
}

} // namespace detail

TPU_CONVERT_INLINE void polynomial(builder& b, local_tensor const& dst, local_tensor const& x,
                                   std::span<double const> coefficients) {
    std::size_t k = coefficients.size() - 1;
    mul(b, dst, x, coefficients[k]);
    while (--k > 0) {
        add(b, dst, dst, coefficients[k]);
        mul(b, dst, dst, x);
    }
    add(b, dst, dst, coefficients[0]);
}

// x = k ln 2 + r with |r| <= ln 2 / 2: exp(x) = 2^k exp(r), k being added to the exponent's bits.
TPU_CONVERT_INLINE void exp(builder& b, local_tensor const& dst, local_tensor const& x) {
    static constexpr std::array ln2{0.693359375, -2.12194440e-4};
    auto const mark = b.mark();
    local_tensor const row = detail::series(b, bm1684x::static_tables::exp_taylor);
    local_tensor const r = b.scratch(dst.dims, dtype::f32), k = b.scratch(dst.dims, dtype::f32);
    max(b, r, x, -87.3365);
    min(b, r, r, 88.72);
    mul(b, k, r, std::numbers::log2e);
    round(b, k, k, rounding::half_even);
    detail::subtract_multiple(b, r, k, ln2);
    detail::taylor(b, dst, r, row, 8);
    local_tensor const power = as_type(k, dtype::i32), bits = as_type(dst, dtype::i32);
    cast(b, power, k);
    shift(b, power, power, 23);
    add(b, bits, bits, power);
    b.release(mark);
}

// x = 2^e m with m from sqrt(1/2) to sqrt(2), s = (m - 1) / (m + 1): log(x) = e ln 2 + 2 atanh(s).
TPU_CONVERT_INLINE void log(builder& b, local_tensor const& dst, local_tensor const& x) {
    static constexpr std::array series{2.0, 2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9};
    constexpr double root_half_bits = 0x3F3504F3;
    auto const mark = b.mark();
    auto const [e, m, s] = detail::three_scratch(b, dst.dims);
    local_tensor const exponent = as_type(e, dtype::i32), bits = as_type(m, dtype::i32), t = as_type(s, dtype::i32);
    sub(b, bits, as_type(x, dtype::i32), root_half_bits);
    arithmetic_shift(b, exponent, bits, -23, rounding::down);
    shift(b, t, exponent, 23);
    sub(b, bits, as_type(x, dtype::i32), t);
    cast(b, e, exponent);
    add(b, s, m, 1.0);
    sub(b, m, m, 1.0);
    div(b, s, m, s);
    mul(b, m, s, s);
    polynomial(b, dst, m, series);
    mul(b, dst, dst, s);
    mul(b, s, e, -2.12194440e-4);
    add(b, dst, dst, s);
    mul(b, s, e, 0.693359375);
    add(b, dst, dst, s);
    b.release(mark);
}

TPU_CONVERT_INLINE void rsqrt(builder& b, local_tensor const& dst, local_tensor const& x) {
    auto const mark = b.mark();
    detail::rsqrt_command(b, dst, detail::written_out(b, x, dst.dims).tensor);
    b.release(mark);
}
TPU_CONVERT_INLINE void sqrt(builder& b, local_tensor const& dst, local_tensor const& x) {
    rsqrt(b, dst, x);
    mul(b, dst, dst, x);
}

// An odd polynomial near 0, else 1 - 2 / (exp(2|x|) + 1).
TPU_CONVERT_INLINE void tanh(builder& b, local_tensor const& dst, local_tensor const& x) {
    static constexpr std::array near{1.0, -0x1.55553ep-2, 0x1.1109dcp-3, -0x1.b89edap-5, 0x1.54e018p-6, -0x1.830bfcp-8};
    auto const mark = b.mark();
    auto const [size, far, t] = detail::three_scratch(b, dst.dims);
    abs(b, size, x);
    add(b, t, size, size);
    exp(b, far, t);
    add(b, far, far, 1.0);
    div(b, far, 2.0, far);
    sub(b, far, 1.0, far);
    mul(b, t, size, size);
    polynomial(b, dst, t, near);
    mul(b, dst, dst, size);
    choose_greater(b, dst, 0.6, size, dst, far);
    detail::copy_sign(b, dst, x);
    b.release(mark);
}

// An odd polynomial near 0, else 1 - exp(-p(|x|)) where p fits -log(erfc) up to 4.
TPU_CONVERT_INLINE void erf(builder& b, local_tensor const& dst, local_tensor const& x) {
    static constexpr std::array near{0x1.20dd76p+0, -0x1.812744p-2, 0x1.ce2e54p-4, -0x1.b81524p-6, 0x1.550a44p-8, -0x1.aca392p-11,
                                     0x1.6510c0p-14};
    static constexpr std::array far{0x1.62d8d4p-13, -0x1.212626p+0, -0x1.444d1ep-1, -0x1.bb4548p-4, 0x1.9aebb2p-6, -0x1.106254p-8,
                                    0x1.c45922p-12, -0x1.5d71f0p-16};
    auto const mark = b.mark();
    auto const [size, tail, t] = detail::three_scratch(b, dst.dims);
    abs(b, size, x);
    min(b, t, size, 4.0);
    polynomial(b, dst, t, far);
    exp(b, tail, dst);
    sub(b, tail, 1.0, tail);
    mul(b, t, size, size);
    polynomial(b, dst, t, near);
    mul(b, dst, dst, size);
    choose_greater(b, dst, 0.9, size, dst, tail);
    detail::copy_sign(b, dst, x);
    b.release(mark);
}

TPU_CONVERT_INLINE void exact_div(builder& b, local_tensor const& dst, operand const& x, operand const& y) {
    auto const mark = b.mark();
    auto const [q, whole, t] = detail::three_scratch(b, dst.dims);
    div(b, q, x, y);
    round(b, whole, q, rounding::half_even);
    mul(b, t, whole, y);
    choose_equal(b, dst, t, x, whole, q);
    b.release(mark);
}

namespace detail {

// x^n for n from 2 to 16 by squaring.
inline void whole_power(builder& b, local_tensor const& dst, local_tensor const& x, unsigned n) {
    unsigned bit = 8;
    while (!(n & bit) && bit) bit >>= 1;
    if (n == 16) bit = 16;
    copy(b, dst, x);
    while (bit >>= 1) {
        mul(b, dst, dst, dst);
        if (n & bit) mul(b, dst, dst, x);
    }
}

} // namespace detail

TPU_CONVERT_INLINE void power(builder& b, local_tensor const& dst, operand const& x, operand const& y) {
    if (y.constant && y.value == std::floor(y.value) && std::fabs(y.value) <= 16 && y.value != 0) {
        detail::whole_power(b, dst, x.tensor, static_cast<unsigned>(std::fabs(y.value)));
        if (y.value < 0) div(b, dst, 1.0, dst);
        return;
    }
    if (y.constant && y.value == 0.5) return sqrt(b, dst, x.tensor);
    if (y.constant && y.value == -0.5) return rsqrt(b, dst, x.tensor);
    auto const mark = b.mark();
    local_tensor const t = b.scratch(dst.dims, dtype::f32);
    if (x.constant) {
        mul(b, t, y, std::log(x.value));
        exp(b, dst, t);
    } else {
        local_tensor const size = b.scratch(dst.dims, dtype::f32);
        abs(b, dst, x);
        log(b, t, dst);
        mul(b, t, t, y);
        exp(b, size, t);
        // 0^y is 0 for y > 0, and 1 for y = 0, which exp gave.
        if (y.constant && y.value > 0) choose_equal(b, dst, dst, 0.0, 0.0, size);
        else copy(b, dst, size);
    }
    b.release(mark);
}

} // namespace tpu_convert::bm1684x_emit
