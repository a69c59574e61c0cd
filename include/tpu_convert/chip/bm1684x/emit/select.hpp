// Choice between values: CMP commands.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/arithmetic.hpp>

namespace tpu_convert::bm1684x_emit {

namespace detail {

// CMP has no strides: a repeated operand is written out first.
inline operand written_out(builder& b, operand const& o, dims4 const& dims) {
    if (o.constant || (o.tensor.dims == dims && o.tensor.layout == local_layout::aligned)) return o;
    local_tensor const whole = b.scratch(dims, o.tensor.type);
    copy(b, whole, o);
    return whole;
}

template <fixed_string Op>
void compare(builder& b, local_tensor const& dst, operand const& x, operand const& y, operand const& chosen,
             operand const& otherwise) {
    auto const mark = b.mark();
    std::array<operand, 4> const o{written_out(b, x, dst.dims), written_out(b, y, dst.dims), written_out(b, chosen, dst.dims),
                                   written_out(b, otherwise, dst.dims)};
    b.release(mark);
    if (b.measuring()) return;
    dtype const compared = type_of(x, y, dst.type);
    auto const address = [](operand const& v, dtype t) {
        return v.constant ? constant_bits(v.value, t) : static_cast<std::uint32_t>(v.tensor.address);
    };
    bm1684x::commands::cmp_short c;
    c.select<Op>();
    set_shape(c, dst.dims);
    c.set<"opd0_prec">(bm1684x::precision_of(compared));
    c.set<"opd2_prec">(bm1684x::precision_of(dst.type));
    c.set<"opd0_sign">(is_signed(compared));
    c.set<"opd0_const">(o[0].constant);
    c.set<"opd1_const">(o[1].constant);
    c.set<"opd2_const">(o[2].constant);
    c.set<"opd3_const">(o[3].constant);
    c.set<"opd0_addr">(address(o[0], compared));
    c.set<"opd1_addr">(address(o[1], compared));
    c.set<"opd2_addr">(address(o[2], dst.type));
    c.set<"opd3_addr">(address(o[3], dst.type));
    c.set<"res0_addr">(dst.address);
    b.out().tiu(c, {write_of(dst), access_of(o[0], dst), access_of(o[1], dst), access_of(o[2], dst), access_of(o[3], dst)});
}

} // namespace detail

// dst = x > y ? chosen : otherwise. x and y have one type, chosen, otherwise and dst another; all are of dst's dims, or
// repeated.
inline void choose_greater(builder& b, local_tensor const& dst, operand const& x, operand const& y, operand const& chosen,
                           operand const& otherwise) {
    detail::compare<"cmp.sel_gt">(b, dst, x, y, chosen, otherwise);
}
// Equal bits: 0 and -0 differ.
inline void choose_equal(builder& b, local_tensor const& dst, operand const& x, operand const& y, operand const& chosen,
                         operand const& otherwise) {
    detail::compare<"cmp.sel_eq">(b, dst, x, y, chosen, otherwise);
}

// Equality is of bits: -0 + 0 = 0 makes both zeros one.
inline operand without_negative_zero(builder& b, operand const& x, dims4 const& dims) {
    if (x.constant) return x.value == 0 ? operand(0.0) : x;
    local_tensor const t = b.scratch(dims, x.tensor.type);
    add(b, t, x, 0.0);
    return t;
}
// dst = x == 0 ? chosen : otherwise, for floats.
inline void choose_zero(builder& b, local_tensor const& dst, operand const& x, operand const& chosen, operand const& otherwise) {
    auto const mark = b.mark();
    choose_equal(b, dst, without_negative_zero(b, x, dst.dims), 0.0, chosen, otherwise);
    b.release(mark);
}

} // namespace tpu_convert::bm1684x_emit
