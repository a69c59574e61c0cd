// Convolutions and pooling of 8-bit integers and of bf16.
#pragma once
#include <optional>
#include <tpu_convert/chip/cv18xx/commands.hpp>
#include <tpu_convert/chip/cv18xx/emit/operand.hpp>
#include <tpu_convert/lower/window.hpp>

namespace tpu_convert::cv18xx_emit {

namespace detail {

template <class Command>
void set_window(Command& c, windows::window const& w, unsigned pad_bits) {
    c.template set<"opd1_h">(w.kernel_h), c.template set<"opd1_w">(w.kernel_w);
    c.template set<"conv_op_y_str">(w.stride_h), c.template set<"conv_op_x_str">(w.stride_w);
    c.template set<"conv_opd1_y_ins0">(w.dilation_h - 1), c.template set<"conv_opd1_x_ins0">(w.dilation_w - 1);
    c.template set<"conv_opd0_y_ins0">(w.insert_h), c.template set<"conv_opd0_x_ins0">(w.insert_w);
    c.template set<"conv_opd0_up_pad">(w.pads[0]), c.template set<"conv_opd0_dn_pad">(w.pads[1]);
    c.template set<"conv_opd0_lf_pad">(w.pads[2]), c.template set<"conv_opd0_rt_pad">(w.pads[3]);
    if constexpr (Command::template has<"opd0_ins_fp">) // 8 bits, and a field of its own for bf16
        c.template set<"opd0_ins_val">(pad_bits & 0xFFu), c.template set<"opd0_ins_fp">(pad_bits);
    else c.template set<"opd0_ins_val">(pad_bits);
}

// Of integers: bias (if there is one), multiplier and shift of each channel. Of bf16: a bias of float32, its upper halves and
// then its lower ones, or nothing.
template <class Command>
void set_channels(Command& c, dtype t, std::optional<local_tensor> const& channels, bool biased) {
    bool const integers = t != dtype::bf16;
    c.template set<"tsk_opd_num">(biased ? 3 : 2);
    c.template set<"opt_chl_quan">(integers);
    c.template set<"opt_opd2_seg">(integers || !biased);
    c.template set<"short_opd2_str">(cv18xx_generation::layout::per_channel);
    c.template set<"opd2_n">(1), c.template set<"opd2_h">(1), c.template set<"opd2_w">(1);
    if (!channels) return;
    c.template set<"opd2_addr">(channels->address), c.template set<"opd2_c">(channels->dims[1]);
    if (!integers) c.template set<"opd2_b_str">(channels->strides[0] * channels->bytes());
}

} // namespace detail

// dst = sum, requantized or biased; filters [oc][kh * kw][ic] compact, what channels have of their own compact.
template <class Chip>
void convolution(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, local_tensor const& filters,
                 std::optional<local_tensor> const& channels, windows::window const& w, bool biased, bool relu) {
    if (b.measuring()) return;
    typename Chip::commands::conv c;
    set_types(c, x.type), set_result(c, dst), set_first(c, x);
    detail::set_window(c, w, 0), detail::set_channels(c, x.type, channels, biased);
    std::int64_t const ic = x.dims[1];
    c.template set<"short_opd0_str">(cv18xx_generation::layout::aligned);
    c.template set<"opd1_addr">(filters.address), c.template set<"short_opd1_str">(cv18xx_generation::layout::compact);
    c.template set<"opd1_n">(ic), c.template set<"opd1_c">(dst.dims[1]);
    c.template set<"double_conv">(x.bytes() == 1 && ic % 2 == 0 && ic >= 4); // two products in a cycle
    c.template set<"opt_relu_typ">(relu);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(x), read_of<Chip>(filters), read_of<Chip>(channels.value_or(filters))});
}

// One filter for each channel, aligned.
template <class Chip>
void depthwise(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, local_tensor const& filters,
               std::optional<local_tensor> const& channels, windows::window const& w, bool biased, bool relu) {
    if (b.measuring()) return;
    typename Chip::commands::pool c;
    c.template select<"pool.depthwise">();
    set_types(c, x.type), set_result(c, dst), set_first(c, x);
    detail::set_window(c, w, 0), detail::set_channels(c, x.type, channels, biased);
    c.template set<"opd1_addr">(filters.address);
    c.template set<"opd1_n">(1), c.template set<"opd1_c">(dst.dims[1]);
    c.template set<"opt_relu_typ">(relu);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(x), read_of<Chip>(filters), read_of<Chip>(channels.value_or(filters))});
}

// (sum over the window * multiplier) / 2^shift, halves up; of bf16 without a shift.
template <class Chip>
void average(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, windows::window const& w, double multiplier,
             std::int64_t shift, bool relu) {
    if (b.measuring()) return;
    typename Chip::commands::pool c;
    c.template select<"pool.average">();
    set_types(c, x.type), set_result(c, dst), set_first(c, x), set_constant(c, multiplier, x.type);
    detail::set_window(c, w, 0);
    c.template set<"opt_opd1_sign">(0); // the multiplier has none
    c.template set<"tsk_opd_num">(2), c.template set<"opt_res_shift">(shift), c.template set<"opt_relu_typ">(relu);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(x)});
}

template <class Chip>
void max_pool(builder<Chip>& b, local_tensor const& dst, local_tensor const& x, windows::window const& w) {
    if (b.measuring()) return;
    typename Chip::commands::pool c;
    c.template select<"pool.max">();
    set_types(c, x.type), set_result(c, dst), set_first(c, x);
    detail::set_window(c, w, x.type == dtype::bf16 ? 0xFF7Fu : 0x80u); // the lowest number
    c.template set<"tsk_opd_num">(1);
    b.out().tiu(c, {write_of<Chip>(dst), read_of<Chip>(x)});
}

} // namespace tpu_convert::cv18xx_emit
