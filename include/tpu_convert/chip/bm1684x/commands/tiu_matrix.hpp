// TIU commands that multiply and accumulate, short forms: convolution, matrix product, depthwise and pooling.
#pragma once
#include <tpu_convert/chip/bm1684x/commands/forward.hpp>
#include <tpu_convert/chip/bm1684x/commands/sub_ops.hpp>
#include <tpu_convert/isa/command.hpp>

namespace tpu_convert::bm1684x_layout {

// short convolution
struct command_names::conv_short : command<"sCONV", 512,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>, fixed_field<"tsk_typ", 41, 4, 0>,
    sub_op_field<"tsk_eu_typ", 45, 5, conv_ops>, field<"opd0_sign", 50, 1>, field<"opd1_sign", 51, 1>,
    field<"opd2_sign", 52, 1>, field<"pad_mode", 53, 2>, field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>,
    field<"res_add", 63, 1>, field<"kernel_rotate", 64, 1>, field<"res0_prec", 65, 3>, field<"opd0_prec", 68, 3>,
    field<"opd1_const", 71, 1>, field<"opd2_const", 72, 1>, field<"opd0_up_pad", 73, 4>, field<"opd0_dn_pad", 77, 4>,
    field<"opd0_lf_pad", 81, 4>, field<"opd0_rt_pad", 85, 4>, field<"res_op_x_str", 89, 4>, field<"res_op_y_str", 93, 4>,
    field<"opd3_const", 97, 1>, field<"opd0_str", 98, 3>, field<"res0_addr", 101, 26>, field<"intr_en", 127, 1>,
    field<"opd0_x_ins0", 128, 4>, field<"opd0_y_ins0", 132, 4>, field<"opd1_x_ins0", 136, 4>, field<"opd1_y_ins0", 140, 4>,
    field<"opd0_n_str", 144, 16>, field<"res0_n", 160, 16>, field<"res0_c", 176, 16>, field<"res0_h", 192, 16>,
    field<"res0_w", 208, 16>, field<"opd0_c", 224, 16>, field<"opd0_h", 240, 16>, field<"opd0_w", 256, 16>,
    field<"opd1_h", 272, 16>, field<"opd1_w", 288, 16>, field<"opd0_c_str", 304, 16>, field<"opd0_addr", 320, 32>,
    field<"opd1_addr", 352, 32>, field<"opd2_addr", 384, 32>, field<"res1_addr", 416, 32>, field<"opd3_addr", 448, 32>,
    field<"opd0_h_str", 480, 16>, field<"opd0_w_str", 496, 16>> {};

// short matrix multiply
struct command_names::mm_short : command<"sMM", 384,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>, fixed_field<"tsk_typ", 41, 4, 2>,
    sub_op_field<"tsk_eu_typ", 45, 5, mm_ops>, field<"res_add", 50, 1>, field<"left_tran", 51, 1>,
    field<"opd0_const", 52, 1>, field<"opd2_const", 53, 1>, field<"rsvd0", 54, 1>, field<"cmd_id_en", 55, 4>,
    field<"pwr_step", 59, 4>, field<"intr_en", 63, 1>, field<"opd0_sign", 64, 1>, field<"opd1_sign", 65, 1>,
    field<"opd2_sign", 66, 1>, field<"res0_prec", 67, 3>, field<"opd0_prec", 70, 3>, field<"opd2_n_str", 73, 3>,
    field<"rsvd1", 76, 20>, field<"rsvd2", 96, 16>, field<"res0_c", 112, 16>, field<"res0_w", 128, 16>,
    field<"opd0_n", 144, 16>, field<"opd0_c", 160, 16>, field<"opd0_w", 176, 16>, field<"rsvd3", 192, 16>,
    field<"opd1_w", 208, 16>, field<"res0_addr", 224, 32>, field<"opd0_addr", 256, 32>, field<"opd1_addr", 288, 32>,
    field<"opd2_addr", 320, 32>, field<"opd3_addr", 352, 32>> {};

// short matrix multiply2
struct command_names::mm2_short : command<"sMM2", 256,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>, fixed_field<"tsk_typ", 41, 4, 2>,
    sub_op_field<"tsk_eu_typ", 45, 5, mm2_ops>, field<"opd0_sign", 50, 1>, field<"opd1_sign", 51, 1>,
    field<"res0_prec", 52, 3>, field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>, field<"opd2_const", 63, 1>,
    field<"res0_c", 64, 16>, field<"res0_w", 80, 16>, field<"opd1_c", 96, 16>, field<"opd1_w", 112, 16>,
    field<"opd0_prec", 128, 3>, field<"opd0_const", 131, 1>, field<"opd1_const", 132, 1>, field<"res_add", 133, 1>,
    field<"res0_addr", 134, 25>, field<"intr_en", 159, 1>, field<"opd0_addr", 160, 32>, field<"opd1_addr", 192, 32>,
    field<"opd2_addr", 224, 32>> {};

// short depthwise or pooling
struct command_names::pord_short : command<"sPorD", 512,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>, fixed_field<"tsk_typ", 41, 4, 1>,
    sub_op_field<"tsk_eu_typ", 45, 5, pord_ops>, field<"kernel_rotate", 50, 1>, field<"opd0_sign", 51, 1>,
    field<"opd1_sign", 52, 1>, field<"pad_mode", 53, 2>, field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>,
    field<"opd1_const", 63, 1>, field<"opd2_const", 64, 1>, field<"opd3_const", 65, 1>, field<"res0_prec", 66, 3>,
    field<"opd0_prec", 69, 3>, field<"opd0_x_ins0", 72, 4>, field<"opd0_y_ins0", 76, 4>, field<"opd1_x_ins0", 80, 4>,
    field<"opd1_y_ins0", 84, 4>, field<"opd0_up_pad", 88, 4>, field<"opd0_dn_pad", 92, 4>, field<"opd0_lf_pad", 96, 4>,
    field<"opd0_rt_pad", 100, 4>, field<"res_op_x_str", 104, 4>, field<"res_op_y_str", 108, 4>, field<"opd2_n_str", 112, 3>,
    field<"rsvd5", 115, 11>, field<"opd2_sign", 126, 1>, field<"intr_en", 127, 1>, field<"res0_n", 128, 16>,
    field<"res0_c", 144, 16>, field<"res0_h", 160, 16>, field<"res0_w", 176, 16>, field<"opd0_h", 192, 16>,
    field<"opd0_w", 208, 16>, field<"opd1_h", 224, 16>, field<"opd1_w", 240, 16>, field<"res0_addr", 256, 32>,
    field<"opd0_addr", 288, 32>, field<"opd1_addr", 320, 32>, field<"opd2_addr", 352, 32>, field<"res1_addr", 384, 32>,
    field<"opd3_addr", 416, 32>, field<"rsvd6", 448, 64>> {};

} // namespace tpu_convert::bm1684x_layout
