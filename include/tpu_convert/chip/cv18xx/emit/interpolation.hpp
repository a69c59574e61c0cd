// A function of bf16 by two tables: the value at the nearest step, and the slope there times the rest; or what its exponent and
// what its fraction give.
#pragma once
#include <array>
#include <tpu_convert/chip/cv18xx/emit/arithmetic.hpp>
#include <tpu_convert/chip/cv18xx/emit/transfer.hpp>

namespace tpu_convert::cv18xx_emit {

namespace detail {

// The low bytes of 16-bit elements, as a plane of one row.
inline local_tensor low_bytes(local_tensor t) {
    for (auto& s : t.strides) s *= 2;
    t.type = dtype::i8;
    return t;
}
inline local_tensor one_row(local_tensor t) {
    t.strides[3] = t.dims[3] > 1 ? t.strides[3] : t.strides[2];
    t.dims[3] *= t.dims[2], t.dims[2] = 1, t.strides[2] = t.dims[3];
    return t;
}

} // namespace detail

// To the nearest whole number within a byte's range, half to even, or back.
template <class Chip>
void convert(builder<Chip>& b, local_tensor const& dst, local_tensor const& x) {
    if (b.measuring()) return;
    local_tensor const to = detail::one_row(dst), from = detail::one_row(x);
    transfer<Chip>(b.out(), to.type, from.type, from.dims, local_side(to), local_side(from),
                   {write_of<Chip>(dst), read_of<Chip>(x)});
}

namespace detail {

// Tables as [lanes][two][256] in each lane.
inline std::array<local_tensor, 2> two_tables(local_tensor const& tables) {
    local_tensor first = tables;
    first.dims[2] = 1;
    local_tensor second = first;
    second.address += tables.strides[2] * tables.bytes();
    return {first, second};
}

} // namespace detail

// Planes of dst without gaps between rows.
template <class Chip>
void interpolate(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, local_tensor const& tables, double steps) {
    auto const mark = b.mark();
    auto const like_dst = [&] { return b.scratch(dst.dims, dst.type, dst.layout); };
    local_tensor const place = like_dst(), number = like_dst(), whole = like_dst();
    auto const [values, slopes] = detail::two_tables(tables);
    with_constant<"tensor.mul">(b, place, x, steps);
    convert(b, detail::low_bytes(number), place);
    convert(b, whole, detail::low_bytes(number));
    with_tensor<"tensor.sub">(b, place, place, whole);
    look_up(b, dst, values, number);
    look_up(b, whole, slopes, number);
    add_product(b, dst, place, whole);
    b.release(mark);
}

// Numbers of exponents, as tables have them: 2^-63 and below is 0, negative numbers have the upper half.
template <class Chip>
void exponents(builder<Chip>& b, local_tensor const& dst, local_tensor const& x) {
    if (b.measuring()) return;
    local_tensor const to = detail::one_row(dst), from = detail::one_row(x);
    transfer<Chip>::exponents(b.out(), from.dims, local_side(to), local_side(from), {write_of<Chip>(dst), read_of<Chip>(x)});
}

// dst = what the exponent of x gives, times or plus what its low byte gives; x without gaps between rows.
template <fixed_string Join, class Chip>
void by_exponent(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, local_tensor const& tables) {
    auto const mark = b.mark();
    local_tensor const number = b.scratch(dst.dims, dst.type, dst.layout), part = b.scratch(dst.dims, dst.type, dst.layout);
    auto const [of_exponents, of_fractions] = detail::two_tables(tables);
    exponents(b, number, x);
    look_up(b, part, of_fractions, x);
    look_up(b, dst, of_exponents, number);
    with_tensor<Join>(b, dst, dst, part);
    b.release(mark);
}

} // namespace tpu_convert::cv18xx_emit
