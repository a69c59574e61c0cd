// Vector arithmetic: AR and CMP commands on whole local tensors.
#pragma once
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/chip/bm1684x/emit/operand.hpp>

namespace tpu_convert::bm1684x_emit {

enum class rounding : unsigned { half_even = 0, half_away = 1, to_zero = 2, down = 3, up = 4, half_up = 5, half_down = 6 };

namespace detail {

using ar = bm1684x::commands::ar_short;

template <class Command>
void set_shape(Command& c, dims4 const& d) {
    c.template set<"res0_n">(d[0]);
    c.template set<"res0_c">(d[1]);
    c.template set<"res0_h">(d[2]);
    c.template set<"res0_w">(d[3]);
}

inline void set_result(ar& c, local_tensor const& t) {
    set_shape(c, t.dims);
    c.set<"res0_prec">(bm1684x::precision_of(t.type));
    c.set<"res0_addr">(t.address);
    c.set<"res0_str">(stride_code(t));
    if (t.layout != local_layout::strided) return;
    c.set<"res0_n_str">(t.strides[0]);
    c.set<"res0_c_str">(t.strides[1]);
    c.set<"res0_h_str">(t.strides[2]);
    c.set<"res0_w_str">(t.strides[3]);
}
inline void set_first(ar& c, operand const& o, dtype t) {
    c.set<"opd0_prec">(bm1684x::precision_of(t));
    c.set<"opd0_sign">(is_signed(t));
    c.set<"opd0_const">(o.constant);
    c.set<"opd0_addr">(o.constant ? constant_bits(o.value, t) : static_cast<std::uint32_t>(o.tensor.address));
    if (o.constant) return;
    c.set<"opd0_str">(stride_code(o.tensor));
    if (o.tensor.layout != local_layout::strided) return;
    c.set<"opd0_n_str">(o.tensor.strides[0]);
    c.set<"opd0_c_str">(o.tensor.strides[1]);
    c.set<"opd0_h_str">(o.tensor.strides[2]);
    c.set<"opd0_w_str">(o.tensor.strides[3]);
}
inline void set_second(ar& c, operand const& o, dtype t) {
    c.set<"opd1_prec">(bm1684x::precision_of(t));
    c.set<"opd1_sign">(is_signed(t));
    c.set<"opd1_const">(o.constant);
    c.set<"opd1_addr">(o.constant ? constant_bits(o.value, t) : static_cast<std::uint32_t>(o.tensor.address));
    if (o.constant) return;
    c.set<"opd1_str">(stride_code(o.tensor));
    if (o.tensor.layout != local_layout::strided) return;
    c.set<"opd1_n_str">(o.tensor.strides[0]);
    c.set<"opd1_c_str">(o.tensor.strides[1]);
    c.set<"opd1_h_str">(o.tensor.strides[2]);
    c.set<"opd1_w_str">(o.tensor.strides[3]);
}
// A constant takes the other operand's type, an operand of one element per axis is repeated.
inline dtype type_of(operand const& o, operand const& other, dtype otherwise) {
    return !o.constant ? o.tensor.type : !other.constant ? other.tensor.type : otherwise;
}
inline operand fitted(operand o, dims4 const& dims) {
    if (!o.constant) o.tensor = broadcast_to(o.tensor, dims);
    return o;
}
inline local_access access_of(operand const& o, local_tensor const& otherwise) {
    return read_of(o.constant ? otherwise : o.tensor);
}

template <fixed_string Op, class Set>
void two_operands(builder& b, local_tensor const& dst, operand const& x, operand const& y, Set&& set) {
    if (b.measuring()) return;
    operand const p = fitted(x, dst.dims), q = fitted(y, dst.dims);
    ar c;
    c.select<Op>();
    c.set<"tsk_opd_num">(2);
    set_result(c, dst);
    set_first(c, p, type_of(x, y, dst.type));
    set_second(c, q, type_of(y, x, dst.type));
    set(c);
    b.out().tiu(c, {write_of(dst), access_of(p, dst), access_of(q, dst)});
}
template <fixed_string Op, class Set>
void one_operand(builder& b, local_tensor const& dst, operand const& x, Set&& set) {
    if (b.measuring()) return;
    operand const p = fitted(x, dst.dims);
    ar c;
    c.select<Op>();
    c.set<"tsk_opd_num">(1);
    set_result(c, dst);
    set_first(c, p, type_of(x, x, dst.type));
    set(c);
    b.out().tiu(c, {write_of(dst), access_of(p, dst)});
}

} // namespace detail

// dst = x op y, element by element. Floats: all of one type.
inline void add(builder& b, local_tensor const& dst, operand const& x, operand const& y) {
    detail::two_operands<"arith.add">(b, dst, x, y, [](auto&) {});
}
inline void sub(builder& b, local_tensor const& dst, operand const& x, operand const& y) {
    detail::two_operands<"arith.sub">(b, dst, x, y, [](auto&) {});
}
inline void mul(builder& b, local_tensor const& dst, operand const& x, operand const& y) {
    detail::two_operands<"arith.mul">(b, dst, x, y, [](auto&) {});
}
inline void max(builder& b, local_tensor const& dst, operand const& x, operand const& y) {
    detail::two_operands<"arith.max">(b, dst, x, y, [](auto&) {});
}
inline void min(builder& b, local_tensor const& dst, operand const& x, operand const& y) {
    detail::two_operands<"arith.min">(b, dst, x, y, [](auto&) {});
}
// x / y in float32, four Newton steps.
inline void div(builder& b, local_tensor const& dst, operand const& x, operand const& y) {
    detail::two_operands<"arith.div">(b, dst, x, y, [](auto& c) { c.template set<"opd2_n_str">(3); });
}
inline void copy(builder& b, local_tensor const& dst, operand const& x) {
    detail::one_operand<"arith.copy">(b, dst, x, [](auto&) {});
}
inline void abs(builder& b, local_tensor const& dst, operand const& x) {
    detail::one_operand<"arith.abs">(b, dst, x, [](auto&) {});
}
// Conversion between any two types; float32 to float32 rounds to a whole number.
inline void cast(builder& b, local_tensor const& dst, local_tensor const& x, rounding r = rounding::half_even) {
    detail::one_operand<"arith.cast">(b, dst, x, [&](auto& c) {
        c.template set<"opd2_n_str">(r);
        c.template set<"opd2_sign">(is_signed(dst.type));
    });
}
// Shift of 32-bit integers: left if positive.
inline void shift(builder& b, local_tensor const& dst, operand const& x, operand const& amount) {
    detail::two_operands<"arith.logicShift">(b, dst, x, amount, [](auto&) {});
}
// The same of signed integers; to the right it rounds.
inline void arithmetic_shift(builder& b, local_tensor const& dst, operand const& x, operand const& amount, rounding r) {
    detail::two_operands<"arith.ashift">(b, dst, x, amount, [&](auto& c) { c.template set<"opd2_n_str">(r); });
}
inline void bit_and(builder& b, local_tensor const& dst, operand const& x, operand const& y) {
    detail::two_operands<"arith.and">(b, dst, x, y, [](auto&) {});
}
inline void bit_or(builder& b, local_tensor const& dst, operand const& x, operand const& y) {
    detail::two_operands<"arith.or">(b, dst, x, y, [](auto&) {});
}
// dst = x > y ? chosen : 0, x == y ? chosen : 0.
template <fixed_string Op>
void select(builder& b, local_tensor const& dst, operand const& x, operand const& y, double chosen) {
    detail::two_operands<Op>(b, dst, x, y, [&](auto& c) {
        c.template set<"tsk_opd_num">(3);
        c.template set<"opd2_const">(1);
        c.template set<"opd2_prec">(bm1684x::precision_of(dst.type));
        c.template set<"opd2_addr">(constant_bits(chosen, dst.type));
    });
}
inline void select_greater(builder& b, local_tensor const& dst, operand const& x, operand const& y, double chosen) {
    select<"arith.selectGreat">(b, dst, x, y, chosen);
}
inline void select_equal(builder& b, local_tensor const& dst, operand const& x, operand const& y, double chosen) {
    select<"arith.selectEqual">(b, dst, x, y, chosen);
}
inline void select_less(builder& b, local_tensor const& dst, operand const& x, operand const& y, double chosen) {
    select<"arith.selectLess">(b, dst, x, y, chosen);
}

} // namespace tpu_convert::bm1684x_emit
