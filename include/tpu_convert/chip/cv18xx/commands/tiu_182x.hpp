// TIU commands of the CV182x, CV181x and CV180x.
#pragma once
#include <tpu_convert/chip/cv18xx/commands/forward.hpp>
#include <tpu_convert/chip/cv18xx/commands/sub_ops.hpp>
#include <tpu_convert/isa/command.hpp>

namespace tpu_convert::cv182x_layout {

// All TIU commands have the same fields. Presets are the reset values, but shifts and ReLU are off.
template <fixed_string Name, std::uint64_t Type, class Ops>
using tiu_command = command<Name, 896,
    preset_field<"cmd_en", 0, 1, 1>, field<"cmd_end", 1, 1>, preset_field<"cmd_id_en", 2, 1, 1>, field<"cmd_keep", 3, 1>,
    field<"cmd_intr_en", 4, 1>, fixed_field<"tsk_typ", 5, 4, Type>, sub_op_field<"tsk_eu_typ", 9, 5, Ops>,
    preset_field<"tsk_opd_num", 14, 2, 3>, field<"opt_res_shift", 16, 6>, field<"opt_left_shift", 22, 5>,
    preset_field<"opt_shift_typ", 27, 1, 1>, preset_field<"opt_rshift_typ", 28, 1, 1>, field<"dummy1", 29, 1>,
    field<"opd_typ", 30, 1>, field<"opt_chl_quan", 31, 1>, field<"cmd_id", 32, 16>, field<"cmd_id_dep", 48, 16>,
    field<"quan_m", 64, 32>, field<"opt_res0_sign", 96, 1>, field<"opt_opd0_sign", 97, 1>,
    preset_field<"opt_opd1_sign", 98, 1, 1>, preset_field<"opt_opd2_sign", 99, 1, 1>, preset_field<"opt_res0_seg", 100, 2, 1>,
    preset_field<"opt_opd0_seg", 102, 2, 1>, preset_field<"opt_opd1_seg", 104, 2, 1>, field<"opt_opd2_seg", 106, 1>,
    field<"ps32_md", 107, 2>, field<"double_conv", 109, 1>, field<"opt_left_tran", 110, 1>, field<"fp_round_typ", 111, 1>,
    field<"opt_relu_typ", 112, 2>, field<"opt_relu_value", 114, 8>, field<"cmd_pre_exe_typ", 122, 1>,
    field<"opt_res_add", 123, 1>, field<"rsvd0", 124, 4>, field<"conv_opd0_x_ins0", 128, 4>, field<"conv_opd0_y_ins0", 132, 4>,
    field<"conv_opd0_x_ins0_last", 136, 4>, field<"conv_opd0_y_ins0_last", 140, 4>, field<"conv_opd1_x_ins0", 144, 4>,
    field<"conv_opd1_y_ins0", 148, 4>, field<"dummy0", 152, 8>, field<"opd0_ins_val", 160, 16>,
    field<"conv_opd0_up_pad", 176, 4>, field<"conv_opd0_dn_pad", 180, 4>, field<"conv_opd0_lf_pad", 184, 4>,
    field<"conv_opd0_rt_pad", 188, 4>, preset_field<"res0_n", 192, 12, 1>, preset_field<"res0_c", 204, 12, 1>,
    preset_field<"res0_h", 216, 12, 1>, preset_field<"res0_w", 228, 12, 16>, preset_field<"conv_op_x_str", 240, 5, 1>,
    preset_field<"conv_op_y_str", 245, 5, 1>, field<"cmd_pre_exe", 250, 2>, preset_field<"rsvd1", 252, 4, 1>,
    field<"res0_addr", 256, 24>, field<"opd0_addr", 280, 24>, field<"opd1_addr", 304, 16>, field<"opd2_addr", 320, 16>,
    field<"opt_opd0_const", 336, 1>, field<"opt_opd1_const", 337, 1>, field<"opt_opd2_const", 338, 1>,
    field<"short_nchwstr_same", 339, 1>, field<"short_res0_str", 340, 2>, field<"short_opd0_str", 342, 2>,
    field<"short_opd1_str", 344, 2>, field<"short_opd2_str", 346, 2>, field<"dummy2", 348, 4>,
    preset_field<"opd0_n", 352, 12, 1>, preset_field<"opd0_c", 364, 12, 1>, field<"dummy3", 376, 4>,
    preset_field<"rsvd2", 380, 4, 2>, preset_field<"opd0_h", 384, 12, 1>, preset_field<"opd0_w", 396, 12, 16>,
    preset_field<"opd1_n", 408, 12, 1>, preset_field<"opd1_c", 420, 12, 1>, preset_field<"opd1_h", 432, 12, 1>,
    preset_field<"opd1_w", 444, 12, 16>, preset_field<"opd2_n", 456, 12, 1>, preset_field<"opd2_c", 468, 12, 1>,
    preset_field<"opd2_h", 480, 12, 1>, preset_field<"opd2_w", 492, 12, 16>, field<"dummy4", 504, 4>,
    preset_field<"rsvd3", 508, 4, 3>, field<"layer_info", 512, 16>, preset_field<"res0_n_str", 528, 16, 16>,
    preset_field<"res0_c_str", 544, 16, 16>, field<"res0_h_str", 560, 16>, preset_field<"res0_w_str", 576, 16, 1>,
    preset_field<"res0_b_str", 592, 16, 16>, preset_field<"opd0_n_str", 608, 16, 16>, field<"dummy5", 624, 12>,
    preset_field<"rsvd4", 636, 4, 4>, preset_field<"opd0_c_str", 640, 16, 16>, field<"opd0_h_str", 656, 16>,
    preset_field<"opd0_w_str", 672, 16, 1>, preset_field<"opd0_b_str", 688, 16, 16>, preset_field<"opd1_n_str", 704, 16, 16>,
    preset_field<"opd1_c_str", 720, 16, 16>, field<"opd1_h_str", 736, 16>, field<"dummy6", 752, 12>,
    preset_field<"rsvd5", 764, 4, 5>, preset_field<"opd1_w_str", 768, 16, 1>, preset_field<"opd1_b_str", 784, 16, 16>,
    preset_field<"opd2_n_str", 800, 16, 16>, preset_field<"opd2_c_str", 816, 16, 16>, field<"opd2_h_str", 832, 16>,
    preset_field<"opd2_w_str", 848, 16, 1>, preset_field<"opd2_b_str", 864, 16, 16>, field<"dummy7", 880, 12>,
    preset_field<"rsvd6", 892, 4, 6>>;

struct command_names::conv : tiu_command<"conv", 0, conv_ops> {};
struct command_names::pool : tiu_command<"pool", 1, pool_ops> {};
struct command_names::matmul : tiu_command<"matmul", 2, matmul_ops> {};
struct command_names::tensor : tiu_command<"tensor", 3, tensor_ops> {};

} // namespace tpu_convert::cv182x_layout
