// A function of bf16 by two tables: the value at the nearest step, and the slope there times the rest.
#pragma once
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

// Planes of x and dst without gaps between rows; tables: [lanes][value, slope][256] in each lane.
template <class Chip>
void interpolate(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, local_tensor const& tables, double steps) {
    auto const mark = b.mark();
    auto const like_dst = [&] { return b.scratch(dst.dims, dst.type, dst.layout); };
    local_tensor const place = like_dst(), number = like_dst(), whole = like_dst();
    local_tensor values = tables;
    values.dims[2] = 1;
    local_tensor slopes = values;
    slopes.address += tables.strides[2] * tables.bytes();
    with_constant<"tensor.mul">(b, place, x, steps);
    convert(b, detail::low_bytes(number), place);
    convert(b, whole, detail::low_bytes(number));
    with_tensor<"tensor.sub">(b, place, place, whole);
    look_up(b, dst, values, number);
    look_up(b, whole, slopes, number);
    add_product(b, dst, place, whole);
    b.release(mark);
}

} // namespace tpu_convert::cv18xx_emit
