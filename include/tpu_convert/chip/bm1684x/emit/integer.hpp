// Arithmetic of quantized networks: requantization, products with a shift, saturating sums, look-up tables, pooling.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/multiply_accumulate.hpp>

namespace tpu_convert::bm1684x_emit {

namespace detail {

// Parameters as constants.
template <fixed_string Op>
bm1684x::commands::rqdq_short rescaling(local_tensor const& dst, local_tensor const& x, std::uint32_t first,
                                        std::uint32_t second) {
    bm1684x::commands::rqdq_short c;
    c.select<Op>();
    set_shape(c, dst.dims);
    c.set<"opd0_sign">(is_signed(x.type));
    c.set<"opd2_sign">(is_signed(dst.type));
    c.set<"res0_prec">(bm1684x::precision_of(dst.type));
    c.set<"opd0_prec">(bm1684x::precision_of(x.type));
    c.set<"res0_addr">(dst.address);
    c.set<"opd0_addr">(x.address);
    c.set<"opd1_const">(1);
    c.set<"opd1_addr">(first);
    c.set<"opd2_addr">(second);
    return c;
}
inline std::uint32_t float_bits(double v) { return std::bit_cast<std::uint32_t>(static_cast<float>(v)); }

} // namespace detail

// dst = x * multiplier / 2^shift + zero point, halves away from zero, saturated. All tensors of these commands are aligned.
inline void requantize(builder& b, local_tensor const& dst, local_tensor const& x, std::int64_t multiplier, std::int64_t shift,
                       std::int64_t zero_point) {
    if (b.measuring()) return;
    std::uint32_t const low = static_cast<std::uint8_t>(-shift), high = static_cast<std::uint16_t>(zero_point);
    auto c = detail::rescaling<"quant.rq1">(dst, x, static_cast<std::uint32_t>(multiplier), high << 16 | low);
    c.set<"opd2_n_str">(rounding::half_away);
    b.out().tiu(c, {write_of(dst), read_of(x)});
}
// The same by a table of each channel's 32-bit multiplier, shift to the left and zero point; it may hold more words.
inline void requantize(builder& b, local_tensor const& dst, local_tensor const& x, local_tensor const& table) {
    if (b.measuring()) return;
    auto c = detail::rescaling<"quant.rq1">(dst, x, static_cast<std::uint32_t>(table.address), 0);
    c.set<"opd1_const">(0);
    c.set<"opd2_n_str">(rounding::half_away);
    b.out().tiu(c, {write_of(dst), read_of(x), read_of(table)});
}
// dst = x * factor + offset in float32, each step rounded; then halves away from zero, saturated.
inline void requantize_real(builder& b, local_tensor const& dst, local_tensor const& x, double factor, double offset) {
    if (b.measuring()) return;
    auto c = detail::rescaling<"quant.rq0">(dst, x, detail::float_bits(factor), detail::float_bits(offset));
    c.set<"opd2_n_str">(static_cast<unsigned>(rounding::half_away) << 3);
    b.out().tiu(c, {write_of(dst), read_of(x)});
}
// dst (float32) = (x - zero point) * scale.
inline void dequantize(builder& b, local_tensor const& dst, local_tensor const& x, std::int64_t zero_point, double scale) {
    if (b.measuring()) return;
    auto const zero = static_cast<std::uint16_t>(zero_point);
    b.out().tiu(detail::rescaling<"quant.dq0">(dst, x, zero, detail::float_bits(scale)), {write_of(dst), read_of(x)});
}

// dst = x * y / 2^shift, halves away from zero; `t` is the type of a constant y.
inline void multiply_shifted(builder& b, local_tensor const& dst, local_tensor const& x, operand const& y, dtype t,
                             std::int64_t shift) {
    if (b.measuring()) return;
    operand const p = detail::fitted(x, dst.dims), q = detail::fitted(y, dst.dims);
    detail::ar c;
    c.select<"arith.mul">();
    c.set<"tsk_opd_num">(3);
    detail::set_result(c, dst);
    detail::set_first(c, p, x.type);
    detail::set_second(c, q, t);
    c.set<"opd2_const">(1);
    c.set<"opd2_addr">(static_cast<std::uint8_t>(-shift));
    c.set<"opd2_n_str">(rounding::half_away);
    b.out().tiu(c, {write_of(dst), detail::access_of(p, dst), detail::access_of(q, dst)});
}
// dst = x + y, saturated; the result is signed if one operand is.
inline void add_saturated(builder& b, local_tensor const& dst, operand const& x, operand const& y) {
    detail::two_operands<"arith.adds">(b, dst, x, y, [](auto&) {});
}

// dst(n, c, i) = table(c, index(n, c, i)); a shared table lies once in each lane, for all channels of that lane. All are aligned,
// and shorter than 65536 in h * w.
inline void look_up(builder& b, local_tensor const& dst, local_tensor const& table, local_tensor const& index, bool shared) {
    if (b.measuring()) return;
    bm1684x::commands::sg_short c;
    c.select<"sg.pe_s_gather_d1coor">();
    dims4 const& d = dst.dims;
    detail::set_shape(c, {d[0], d[1], 1, d[2] * d[3]});
    if (shared) c.set<"opd0_str">(bm1684x::layout::shared);
    c.set<"opd0_h">(1);
    c.set<"opd0_w">(table.dims[3]);
    c.set<"opd1_c">(d[1]);
    c.set<"opd1_w">(d[2] * d[3]);
    c.set<"res0_prec">(bm1684x::precision_of(dst.type));
    c.set<"opd0_prec">(bm1684x::precision_of(table.type));
    c.set<"opd1_prec">(bm1684x::precision_of(index.type));
    c.set<"res0_addr">(dst.address);
    c.set<"opd0_addr">(table.address);
    c.set<"opd1_addr">(index.address);
    b.out().tiu(c, {write_of(dst), read_of(table), read_of(index)});
}

// Sum over the window * multiplier (8 bits, unsigned) / 2^shift, halves up, saturated; the result has the sign of x.
inline void average_integers(builder& b, local_tensor const& dst, local_tensor const& x, window const& w, double pad_value,
                             std::int64_t multiplier, std::int64_t shift) {
    if (b.measuring()) return;
    auto c = detail::pord<"pord.avgpooling">(dst, x, w, constant_bits(pad_value, x.type));
    c.set<"opd1_const">(1);
    c.set<"opd1_addr">(static_cast<std::uint32_t>(multiplier));
    c.set<"opd2_const">(1);
    c.set<"opd2_addr">(static_cast<std::uint32_t>(shift));
    b.out().tiu(c, {write_of(dst), read_of(x)});
}

} // namespace tpu_convert::bm1684x_emit
