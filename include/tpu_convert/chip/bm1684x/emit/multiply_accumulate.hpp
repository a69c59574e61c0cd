// Convolution, depthwise convolution, pooling and matrix product commands.
#pragma once
#include <array>
#include <optional>
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/chip/bm1684x/emit/arithmetic.hpp>
#include <tpu_convert/lower/window.hpp>

namespace tpu_convert::bm1684x_emit {

using windows::window;

namespace detail {

template <class Command>
void set_window(Command& c, window const& w) {
    c.template set<"opd1_h">(w.kernel_h);
    c.template set<"opd1_w">(w.kernel_w);
    c.template set<"res_op_y_str">(w.stride_h);
    c.template set<"res_op_x_str">(w.stride_w);
    c.template set<"opd1_y_ins0">(w.dilation_h - 1);
    c.template set<"opd1_x_ins0">(w.dilation_w - 1);
    c.template set<"opd0_y_ins0">(w.insert_h);
    c.template set<"opd0_x_ins0">(w.insert_w);
    c.template set<"opd0_up_pad">(w.pads[0]);
    c.template set<"opd0_dn_pad">(w.pads[1]);
    c.template set<"opd0_lf_pad">(w.pads[2]);
    c.template set<"opd0_rt_pad">(w.pads[3]);
}

template <fixed_string Op>
bm1684x::commands::pord_short pord(local_tensor const& dst, local_tensor const& x, window const& w, std::uint32_t pad_bits) {
    bm1684x::commands::pord_short c;
    c.select<Op>();
    set_shape(c, dst.dims);
    set_window(c, w);
    c.set<"res0_prec">(bm1684x::precision_of(dst.type));
    c.set<"opd0_prec">(bm1684x::precision_of(x.type));
    c.set<"opd0_sign">(is_signed(x.type));
    c.set<"opd0_h">(x.dims[2]);
    c.set<"opd0_w">(x.dims[3]);
    c.set<"res0_addr">(dst.address);
    c.set<"opd0_addr">(x.address);
    c.set<"opd3_const">(1);
    c.set<"opd3_addr">(pad_bits);
    return c;
}

} // namespace detail

// dst(n, oc, oh, ow) = sum of x * weights + bias (float32, one per oc; none for 8-bit integers, whose sums have 32 bits).
// Weights: one row per oc in lane oc, [ceil(ic / P)][kh][kw][P], P = ic_parallel. accumulate adds to what dst holds (float32).
inline void convolution(builder& b, local_tensor const& dst, local_tensor const& x, local_tensor const& weights,
                        std::optional<local_tensor> const& bias, window const& w, bool accumulate = false) {
    if (b.measuring()) return;
    bm1684x::commands::conv_short c;
    c.select<"conv.normal">();
    detail::set_shape(c, dst.dims);
    detail::set_window(c, w);
    c.set<"opd0_sign">(is_signed(x.type));
    c.set<"opd1_sign">(is_signed(weights.type));
    c.set<"opd2_sign">(1);
    c.set<"res0_prec">(bm1684x::precision_of(dst.type));
    c.set<"opd0_prec">(bm1684x::precision_of(x.type));
    c.set<"res_add">(accumulate);
    c.set<"opd0_c">(x.dims[1]);
    c.set<"opd0_h">(x.dims[2]);
    c.set<"opd0_w">(x.dims[3]);
    c.set<"res0_addr">(dst.address);
    c.set<"opd0_addr">(x.address);
    c.set<"opd1_addr">(weights.address);
    c.set<"opd2_const">(!bias);
    c.set<"opd2_addr">(bias ? bias->address : 0);
    c.set<"opd3_const">(1);
    c.set<"opd3_addr">(constant_bits(w.pad_value, x.type));
    c.set<"opd0_str">(stride_code(x));
    if (x.layout == local_layout::strided) {
        c.set<"opd0_n_str">(x.strides[0]);
        c.set<"opd0_c_str">(x.strides[1]);
        c.set<"opd0_h_str">(x.strides[2]);
        c.set<"opd0_w_str">(x.strides[3]);
    }
    b.out().tiu(c, {write_of(dst), read_of(x), read_of(weights), read_of(bias.value_or(weights))});
}

// One kernel per channel; weights (1, c, kh, kw) compact, bias (1, c, 1, 1) compact, of float32 or, for 8 bits, of 32.
inline void depthwise(builder& b, local_tensor const& dst, local_tensor const& x, local_tensor const& weights,
                      std::optional<local_tensor> const& bias, window const& w) {
    if (b.measuring()) return;
    auto c = detail::pord<"pord.depthwise">(dst, x, w, constant_bits(w.pad_value, x.type));
    c.set<"opd1_sign">(is_signed(weights.type));
    c.set<"opd2_sign">(1);
    c.set<"opd1_addr">(weights.address);
    c.set<"opd2_const">(!bias);
    c.set<"opd2_addr">(bias ? bias->address : 0);
    b.out().tiu(c, {write_of(dst), read_of(x), read_of(weights), read_of(bias.value_or(weights))});
}

// Padding takes no part in the maximum.
inline void max_pool(builder& b, local_tensor const& dst, local_tensor const& x, window const& w) {
    if (b.measuring()) return;
    double const lowest = !is_float(x.type)         ? static_cast<double>(lowest_of(x.type))
                          : x.type == dtype::f16 ? -65504.0
                                                 : -0x1.FEp127;
    b.out().tiu(detail::pord<"pord.maxpooling">(dst, x, w, constant_bits(lowest, x.type)), {write_of(dst), read_of(x)});
}

// Sum over the window, times `factor`.
inline void sum_pool(builder& b, local_tensor const& dst, local_tensor const& x, window const& w, double factor) {
    if (b.measuring()) return;
    auto c = detail::pord<"pord.avgpooling">(dst, x, w, 0);
    c.set<"opd1_const">(1);
    c.set<"opd1_addr">(constant_bits(factor, x.type));
    c.set<"opd2_const">(1);
    b.out().tiu(c, {write_of(dst), read_of(x)});
}

// dst[m, n] = sum over k of x[m, k] * y[k, n] (y[n, k] if transposed) + bias. Rows lie in lanes (c axis), columns along w.
inline void matrix_product(builder& b, local_tensor const& dst, local_tensor const& x, local_tensor const& y, bool transposed,
                           bool accumulate = false) {
    if (b.measuring()) return;
    bm1684x::commands::mm2_short c;
    transposed ? c.select<"mm2.nt">() : c.select<"mm2.nn">();
    c.set<"opd0_sign">(is_signed(x.type));
    c.set<"opd1_sign">(is_signed(y.type));
    c.set<"res0_prec">(bm1684x::precision_of(dst.type));
    c.set<"opd0_prec">(bm1684x::precision_of(x.type));
    c.set<"res0_c">(dst.dims[1]);
    c.set<"res0_w">(dst.dims[3]);
    c.set<"opd1_c">(y.dims[1]);
    c.set<"opd1_w">(y.dims[3]);
    c.set<"res_add">(accumulate);
    c.set<"res0_addr">(dst.address);
    c.set<"opd0_addr">(x.address);
    c.set<"opd1_addr">(y.address);
    c.set<"opd2_const">(1);
    b.out().tiu(c, {write_of(dst), read_of(x), read_of(y)});
}

} // namespace tpu_convert::bm1684x_emit
