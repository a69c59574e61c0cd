// TIU commands that move data or steer the engine, short forms.
#pragma once
#include <tpu_convert/chip/bm1684x/commands/forward.hpp>
#include <tpu_convert/chip/bm1684x/commands/sub_ops.hpp>
#include <tpu_convert/isa/command.hpp>

namespace tpu_convert::bm1684x_layout {

// short scatter gather
struct command_names::sg_short : command<"sSG", 384,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>, fixed_field<"tsk_typ", 41, 4, 6>,
    sub_op_field<"tsk_eu_typ", 45, 5, sg_ops>, field<"opd3_const", 50, 1>, field<"intr_en", 51, 1>, field<"opd0_str", 52, 3>,
    field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>, field<"opd2_const", 63, 1>, field<"res0_n", 64, 16>,
    field<"res0_c", 80, 16>, field<"res0_h", 96, 16>, field<"res0_w", 112, 16>, field<"opd0_h", 128, 16>,
    field<"opd0_w", 144, 16>, field<"opd1_c", 160, 16>, field<"opd1_w", 176, 16>, field<"res0_prec", 192, 3>,
    field<"res0_addr", 195, 29>, field<"opd0_prec", 224, 3>, field<"opd0_addr", 227, 29>, field<"opd1_prec", 256, 3>,
    field<"opd1_addr", 259, 29>, field<"opd2_addr", 288, 32>, field<"res1_addr", 320, 32>, field<"opd3_addr", 352, 32>> {};

// short scatter gather line
struct command_names::sgl_short : command<"sSGL", 384,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>, fixed_field<"tsk_typ", 41, 4, 6>,
    sub_op_field<"tsk_eu_typ", 45, 5, sgl_ops>, field<"rsvd0", 50, 3>, field<"opd3_const", 53, 1>, field<"intr_en", 54, 1>,
    field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>, field<"opd2_const", 63, 1>, field<"res0_prec", 64, 3>,
    field<"opd1_prec", 67, 3>, field<"opd0_str", 70, 3>, field<"rsvd1", 73, 7>, field<"res0_n", 80, 16>,
    field<"res0_c", 96, 16>, field<"res0_h", 112, 16>, field<"res0_w", 128, 16>, field<"opd0_h", 144, 16>,
    field<"res0_addr", 160, 32>, field<"opd0_addr", 192, 32>, field<"opd1_addr", 224, 32>, field<"opd2_addr", 256, 32>,
    field<"res1_addr", 288, 32>, field<"rsvd2", 320, 64>> {};

// short TRANS and BC
struct command_names::trans_bc_short : command<"sTRANS&sBC", 256,
    fixed_field<"cmd_short", 0, 1, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>, fixed_field<"tsk_typ", 41, 4, 5>,
    sub_op_field<"tsk_eu_typ", 45, 5, trans_bc_ops>, field<"res0_prec", 50, 3>, field<"rsvd0", 53, 2>,
    field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>, field<"intr_en", 63, 1>, field<"res0_n", 64, 16>,
    field<"res0_c", 80, 16>, field<"res0_h", 96, 16>, field<"res0_w", 112, 16>, field<"opd0_c", 128, 16>,
    field<"opd0_w", 144, 16>, field<"rsvd2", 160, 32>, field<"res0_addr", 192, 32>, field<"opd0_addr", 224, 32>> {};

// linear arithmetic
struct command_names::lar : command<"LAR", 128,
    field<"opd0_w_str", 0, 1>, field<"opd1_w_str", 1, 1>, field<"opd2_const", 2, 1>, field<"res0_prec", 3, 3>,
    field<"opd0_prec", 6, 3>, field<"opd1_prec", 9, 3>, field<"opd2_n_str", 12, 3>, field<"opd0_sign", 15, 1>,
    field<"opd1_sign", 16, 1>, field<"start_tid", 17, 6>, field<"res0_c", 23, 8>, field<"res0_w", 31, 8>,
    field<"rsvd0", 39, 2>, fixed_field<"tsk_typ", 41, 4, 7>, sub_op_field<"tsk_eu_typ", 45, 5, lar_ops>,
    field<"rsvd1", 50, 1>, field<"tsk_opd_num", 51, 2>, field<"rsvd2", 53, 6>, field<"pwr_step", 59, 4>,
    field<"rsvd3", 63, 1>, field<"res0_addr", 64, 16>, field<"opd0_addr", 80, 16>, field<"opd1_addr", 96, 16>,
    field<"opd2_addr", 112, 16>> {};

// system
struct command_names::sys : command<"SYSID", 128,
    field<"rsvd0", 0, 1>, field<"cmd_id", 1, 20>, field<"cmd_id_dep", 21, 20>, fixed_field<"tsk_typ", 41, 4, 15>,
    sub_op_field<"tsk_eu_typ", 45, 5, sys_ops>, field<"rsvd1", 50, 5>, field<"cmd_id_en", 55, 4>, field<"pwr_step", 59, 4>,
    field<"intr_en", 63, 1>, field<"cmd_id_eng1", 64, 20>, field<"cmd_id_eng2", 84, 20>, field<"cmd_id_eng3", 104, 20>,
    field<"rsvd3", 124, 4>> {};

} // namespace tpu_convert::bm1684x_layout
