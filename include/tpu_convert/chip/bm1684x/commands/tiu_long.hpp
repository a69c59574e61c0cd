// TIU commands in their long form: one layout of 128 bytes for all.
#pragma once
#include <tpu_convert/chip/bm1684x/commands/forward.hpp>
#include <tpu_convert/chip/bm1684x/commands/sub_ops.hpp>
#include <tpu_convert/isa/command.hpp>

namespace tpu_convert::bm1684x_layout {

template <fixed_string Name, std::uint64_t Type, class Ops>
using long_command = command<Name, 1024,
    fixed_field<"cmd_short", 0, 1, 0>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>,
    fixed_field<"tsk_typ", 41, 4, Type>, sub_op_field<"tsk_eu_typ", 45, 5, Ops>, field<"eu_half_en", 50, 1>,
    field<"tsk_opd_num", 51, 2>, field<"pad_mode", 53, 2>, field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>,
    field<"intr_en", 63, 1>, field<"res_add", 64, 1>, field<"relu", 65, 1>, field<"left_tran", 66, 1>, field<"rsvd1", 67, 1>,
    field<"kernel_rotate", 68, 1>, field<"opd0_sign", 69, 1>, field<"opd1_sign", 70, 1>, field<"opd2_sign", 71, 1>,
    field<"res0_prec", 72, 3>, field<"opd0_prec", 75, 3>, field<"opd1_prec", 78, 3>, field<"opd2_prec", 81, 3>,
    field<"opd0_const", 84, 1>, field<"opd1_const", 85, 1>, field<"opd2_const", 86, 1>, field<"res0_str", 87, 3>,
    field<"opd0_str", 90, 3>, field<"opd1_str", 93, 3>, field<"opd2_str", 96, 3>, field<"res_add_sign", 99, 1>,
    field<"rsvd2", 100, 25>, field<"rsvd3", 125, 1>, field<"opd3_const", 126, 1>, field<"rsvd4", 127, 1>,
    field<"opd0_x_ins0", 128, 4>, field<"opd0_y_ins0", 132, 4>, field<"opd1_x_ins0", 136, 4>, field<"opd1_y_ins0", 140, 4>,
    field<"opd0_up_pad", 144, 4>, field<"opd0_dn_pad", 148, 4>, field<"opd0_lf_pad", 152, 4>, field<"opd0_rt_pad", 156, 4>,
    field<"res_op_x_str", 160, 4>, field<"res_op_y_str", 164, 4>, field<"res0_h_shift", 168, 4>,
    field<"res0_w_shift", 172, 4>, field<"opd0_h_shift", 176, 4>, field<"opd0_w_shift", 180, 4>,
    field<"opd1_h_shift", 184, 4>, field<"opd1_w_shift", 188, 4>, field<"tsk_lane_num", 192, 64>, field<"res0_n", 256, 16>,
    field<"res0_c", 272, 16>, field<"res0_h", 288, 16>, field<"res0_w", 304, 16>, field<"opd0_n", 320, 16>,
    field<"opd0_c", 336, 16>, field<"opd0_h", 352, 16>, field<"opd0_w", 368, 16>, field<"opd1_n", 384, 16>,
    field<"opd1_c", 400, 16>, field<"opd1_h", 416, 16>, field<"opd1_w", 432, 16>, field<"res0_n_str", 448, 16>,
    field<"res0_c_str", 464, 16>, field<"opd0_n_str", 480, 16>, field<"opd0_c_str", 496, 16>, field<"opd1_n_str", 512, 16>,
    field<"opd1_c_str", 528, 16>, field<"opd2_n_str", 544, 16>, field<"opd2_c_str", 560, 16>, field<"res0_addr", 576, 32>,
    field<"opd0_addr", 608, 32>, field<"opd1_addr", 640, 32>, field<"opd2_addr", 672, 32>, field<"res0_h_str", 704, 32>,
    field<"res0_w_str", 736, 32>, field<"opd0_h_str", 768, 32>, field<"opd0_w_str", 800, 32>, field<"opd1_h_str", 832, 32>,
    field<"opd1_w_str", 864, 32>, field<"opd2_h_str", 896, 32>, field<"opd2_w_str", 928, 32>, field<"res1_addr", 960, 32>,
    field<"opd3_addr", 992, 32>>;

struct command_names::conv : long_command<"CONV", 0, conv_ops> {};
struct command_names::mm : long_command<"MM", 2, mm_ops> {};
struct command_names::mm2 : long_command<"MM2", 2, mm2_ops> {};
struct command_names::cmp : long_command<"CMP", 13, cmp_ops> {};
struct command_names::sfu : long_command<"SFU", 9, sfu_ops> {};
struct command_names::vc : long_command<"VC", 14, vc_ops> {};
struct command_names::lin : long_command<"LIN", 10, lin_ops> {};
struct command_names::ar : long_command<"AR", 3, ar_ops> {};
struct command_names::pord : long_command<"PorD", 1, pord_ops> {};
struct command_names::rqdq : long_command<"RQ&DQ", 4, rqdq_ops> {};
struct command_names::sg : long_command<"SG", 6, sg_ops> {};
struct command_names::sgl : long_command<"SGL", 6, sgl_ops> {};
struct command_names::trans_bc : long_command<"TRANS&BC", 5, trans_bc_ops> {};

} // namespace tpu_convert::bm1684x_layout
