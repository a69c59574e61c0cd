// TIU commands that compute element by element, short forms.
#pragma once
#include <tpu_convert/chip/bm1684x/commands/forward.hpp>
#include <tpu_convert/chip/bm1684x/commands/sub_ops.hpp>
#include <tpu_convert/isa/command.hpp>

namespace tpu_convert::bm1684x_layout {

// short fused cmpare
struct command_names::cmp_short : command<"sCMP", 384,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>,
    fixed_field<"tsk_typ", 41, 4, 13>, sub_op_field<"tsk_eu_typ", 45, 5, cmp_ops>, field<"opd0_const", 50, 1>,
    field<"opd1_const", 51, 1>, field<"opd2_const", 52, 1>, field<"opd3_const", 53, 1>, field<"rsvd0", 54, 1>,
    field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>, field<"intr_en", 63, 1>, field<"opd0_prec", 64, 3>,
    field<"opd2_prec", 67, 3>, field<"opd0_str", 70, 3>, field<"opd1_str", 73, 3>, field<"rsvd1", 76, 51>,
    field<"opd0_sign", 127, 1>, field<"res0_n", 128, 16>, field<"res0_c", 144, 16>, field<"res0_h", 160, 16>,
    field<"res0_w", 176, 16>, field<"res0_addr", 192, 32>, field<"res1_addr", 224, 32>, field<"opd0_addr", 256, 32>,
    field<"opd1_addr", 288, 32>, field<"opd2_addr", 320, 32>, field<"opd3_addr", 352, 32>> {};

// short special function
struct command_names::sfu_short : command<"sSFU", 256,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>, fixed_field<"tsk_typ", 41, 4, 9>,
    sub_op_field<"tsk_eu_typ", 45, 5, sfu_ops>, field<"rsvd0", 50, 5>, field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>,
    field<"intr_en", 63, 1>, field<"res0_prec", 64, 3>, field<"opd0_prec", 67, 3>, field<"opd2_n_str", 70, 2>,
    field<"rsvd3", 72, 8>, field<"res0_n", 80, 16>, field<"res0_c", 96, 16>, field<"res0_h", 112, 16>,
    field<"res0_w", 128, 16>, field<"opd1_n", 144, 16>, field<"res0_addr", 160, 32>, field<"opd0_addr", 192, 32>,
    field<"opd1_addr", 224, 32>> {};

// short vector correlation
struct command_names::vc_short : command<"sVC", 384,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>,
    fixed_field<"tsk_typ", 41, 4, 14>, sub_op_field<"tsk_eu_typ", 45, 5, vc_ops>, field<"opd0_sign", 50, 1>,
    field<"opd1_sign", 51, 1>, field<"opd2_n_str", 52, 3>, field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>,
    field<"intr_en", 63, 1>, field<"res0_prec", 64, 3>, field<"opd0_prec", 67, 3>, field<"opd1_prec", 70, 3>,
    field<"res0_addr", 73, 32>, field<"rsvd1", 105, 23>, field<"opd0_addr", 128, 32>, field<"rsvd2", 160, 16>,
    field<"res0_c", 176, 16>, field<"res0_w", 192, 16>, field<"opd0_c", 208, 16>, field<"opd0_w", 224, 16>,
    field<"opd1_w", 240, 16>, field<"opd1_addr", 256, 32>, field<"opd2_addr", 288, 32>, field<"rsvd3", 320, 64>> {};

// short fused linear
struct command_names::lin_short : command<"sLIN", 256,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>,
    fixed_field<"tsk_typ", 41, 4, 10>, sub_op_field<"tsk_eu_typ", 45, 5, lin_ops>, field<"opd1_const", 50, 1>,
    field<"opd2_const", 51, 1>, field<"res0_prec", 52, 3>, field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>,
    field<"intr_en", 63, 1>, field<"res0_n", 64, 16>, field<"res0_c", 80, 16>, field<"res0_h", 96, 16>,
    field<"res0_w", 112, 16>, field<"res0_addr", 128, 32>, field<"opd0_addr", 160, 32>, field<"opd1_addr", 192, 32>,
    field<"opd2_addr", 224, 32>> {};

// short arithmetic
struct command_names::ar_short : command<"sAR", 512,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>, fixed_field<"tsk_typ", 41, 4, 3>,
    sub_op_field<"tsk_eu_typ", 45, 5, ar_ops>, field<"opd0_const", 50, 1>, field<"opd1_const", 51, 1>,
    field<"opd2_const", 52, 1>, field<"tsk_opd_num", 53, 2>, field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>,
    field<"intr_en", 63, 1>, field<"res0_prec", 64, 3>, field<"opd0_prec", 67, 3>, field<"opd1_prec", 70, 3>,
    field<"opd2_prec", 73, 3>, field<"opd0_sign", 76, 1>, field<"opd1_sign", 77, 1>, field<"res0_str", 78, 3>,
    field<"opd0_str", 81, 3>, field<"opd1_str", 84, 3>, field<"opd2_n_str", 87, 3>, field<"rsvd0", 90, 6>,
    field<"res0_n", 96, 16>, field<"res0_c", 112, 16>, field<"res0_h", 128, 16>, field<"res0_w", 144, 16>,
    field<"res0_addr", 160, 32>, field<"opd0_addr", 192, 32>, field<"opd1_addr", 224, 32>, field<"opd2_addr", 256, 32>,
    field<"res0_n_str", 288, 16>, field<"res0_c_str", 304, 16>, field<"opd0_n_str", 320, 16>, field<"opd0_c_str", 336, 16>,
    field<"opd1_n_str", 352, 16>, field<"opd1_c_str", 368, 16>, field<"res0_h_str", 384, 20>, field<"res0_w_str", 404, 20>,
    field<"opd0_h_str", 424, 20>, field<"opd2_sign", 444, 1>, field<"rsvd1", 445, 3>, field<"opd0_w_str", 448, 20>,
    field<"opd1_h_str", 468, 20>, field<"opd1_w_str", 488, 20>, field<"rsvd2", 508, 4>> {};

// short RQ and DQ
struct command_names::rqdq_short : command<"sRQ&sDQ", 256,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>, fixed_field<"tsk_typ", 41, 4, 4>,
    sub_op_field<"tsk_eu_typ", 45, 5, rqdq_ops>, field<"opd0_sign", 50, 1>, field<"opd2_sign", 51, 1>,
    field<"res0_prec", 52, 3>, field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>, field<"opd1_const", 63, 1>,
    field<"opd0_prec", 64, 3>, field<"opd2_n_str", 67, 6>, field<"res0_addr", 73, 27>, field<"opd0_addr", 100, 27>,
    field<"intr_en", 127, 1>, field<"res0_n", 128, 16>, field<"res0_c", 144, 16>, field<"res0_h", 160, 16>,
    field<"res0_w", 176, 16>, field<"opd1_addr", 192, 32>, field<"opd2_addr", 224, 32>> {};

} // namespace tpu_convert::bm1684x_layout
