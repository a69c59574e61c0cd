// TIU commands of the CV183x.
#pragma once
#include <tpu_convert/chip/cv18xx/commands/forward.hpp>
#include <tpu_convert/chip/cv18xx/commands/sub_ops.hpp>
#include <tpu_convert/isa/command.hpp>

namespace tpu_convert::cv183x_layout {

// All TIU commands have the same fields. Presets are the reset values, but shifts and ReLU are off.
template <fixed_string Name, std::uint64_t Type, class Ops>
using tiu_command = command<Name, 896,
    preset_field<"cmd_en", 0, 1, 1>, field<"cmd_end", 1, 1>, preset_field<"cmd_id_en", 2, 1, 1>, field<"cmd_id", 3, 16>,
    field<"cmd_id_dep", 19, 16>, field<"cmd_keep", 35, 1>, field<"cmd_intr_en", 36, 1>, fixed_field<"tsk_typ", 37, 4, Type>,
    sub_op_field<"tsk_eu_typ", 41, 8, Ops>, preset_field<"tsk_opd_num", 49, 2, 3>, field<"opt_res_shift", 51, 5>,
    field<"opt_left_shift", 56, 5>, preset_field<"opt_shift_typ", 61, 1, 1>, preset_field<"opt_rshift_typ", 62, 1, 1>,
    field<"opt_res_add", 63, 1>, field<"opt_relu_typ", 64, 1>, field<"opt_left_tran", 65, 1>, field<"opt_chl_quan", 66, 1>,
    field<"tens_mdsum", 67, 1>, field<"tens_lookup", 68, 1>, field<"opt_res0_sign", 69, 1>, field<"opt_opd0_sign", 70, 1>,
    preset_field<"opt_opd1_sign", 71, 1, 1>, preset_field<"opt_opd2_sign", 72, 1, 1>, preset_field<"opt_res0_seg", 73, 1, 1>,
    preset_field<"opt_opd0_seg", 74, 1, 1>, preset_field<"opt_opd1_seg", 75, 1, 1>, field<"opt_opd2_seg", 76, 1>,
    field<"opt_opd0_const", 77, 1>, field<"opt_opd1_const", 78, 1>, field<"opt_opd2_const", 79, 1>,
    field<"short_nchwstr_same", 80, 1>, field<"short_res0_str", 81, 2>, field<"short_opd0_str", 83, 2>,
    field<"short_opd1_str", 85, 2>, field<"short_opd2_str", 87, 2>, field<"conv_opd0_x_ins0", 89, 4>,
    field<"conv_opd0_y_ins0", 93, 4>, field<"conv_opd0_x_ins0_last", 97, 4>, field<"conv_opd0_y_ins0_last", 101, 4>,
    field<"conv_opd1_x_ins0", 105, 4>, field<"conv_opd1_y_ins0", 109, 4>, field<"opd0_ins_val", 113, 8>,
    field<"ps32_md", 121, 2>, field<"double_conv", 123, 1>, field<"rsvd0", 124, 4>, preset_field<"res0_n", 128, 12, 1>,
    preset_field<"res0_c", 140, 12, 1>, preset_field<"res0_h", 152, 12, 1>, preset_field<"res0_w", 164, 12, 16>,
    field<"res0_addr", 176, 24>, field<"opd0_addr", 200, 24>, field<"opd1_addr", 224, 16>, field<"rsvd1", 240, 16>,
    field<"opd2_addr", 256, 16>, preset_field<"opd0_c", 272, 12, 1>, preset_field<"opd0_h", 284, 12, 1>,
    preset_field<"opd0_w", 296, 12, 16>, preset_field<"opd1_h", 308, 12, 1>, preset_field<"opd1_w", 320, 12, 16>,
    field<"conv_opd0_up_pad", 332, 4>, field<"conv_opd0_dn_pad", 336, 4>, field<"conv_opd0_lf_pad", 340, 4>,
    field<"conv_opd0_rt_pad", 344, 4>, preset_field<"conv_op_x_str", 348, 4, 1>, preset_field<"conv_op_y_str", 352, 4, 1>,
    field<"opd0_ins_fp", 356, 16>, field<"rsvd2", 372, 12>, preset_field<"opd0_n", 384, 12, 1>,
    preset_field<"opd1_n", 396, 12, 1>, preset_field<"opd1_c", 408, 12, 1>, preset_field<"opd2_n", 420, 12, 1>,
    preset_field<"opd2_c", 432, 12, 1>, preset_field<"opd2_h", 444, 12, 1>, preset_field<"opd2_w", 456, 12, 16>,
    field<"quan_m", 468, 32>, field<"opd_typ", 500, 1>, field<"fp_round_typ", 501, 3>, field<"rsvd7", 504, 4>,
    field<"rsvd3", 508, 4>, preset_field<"res0_n_str", 512, 16, 16>, preset_field<"res0_c_str", 528, 16, 16>,
    field<"res0_h_str", 544, 16>, preset_field<"res0_w_str", 560, 16, 1>, preset_field<"res0_b_str", 576, 16, 16>,
    preset_field<"opd0_n_str", 592, 16, 16>, preset_field<"opd0_c_str", 608, 16, 16>, field<"rsvd4", 624, 16>,
    field<"opd0_h_str", 640, 16>, preset_field<"opd0_w_str", 656, 16, 1>, preset_field<"opd0_b_str", 672, 16, 16>,
    preset_field<"opd1_n_str", 688, 16, 16>, preset_field<"opd1_c_str", 704, 16, 16>, field<"opd1_h_str", 720, 16>,
    preset_field<"opd1_w_str", 736, 16, 1>, field<"rsvd5", 752, 16>, preset_field<"opd1_b_str", 768, 16, 16>,
    preset_field<"opd2_n_str", 784, 16, 16>, preset_field<"opd2_c_str", 800, 16, 16>, field<"opd2_h_str", 816, 16>,
    preset_field<"opd2_w_str", 832, 16, 1>, preset_field<"opd2_b_str", 848, 16, 16>, field<"layer_info", 864, 28>,
    field<"rsvd6", 892, 4>>;

struct command_names::conv : tiu_command<"conv", 0, conv_ops> {};
struct command_names::pool : tiu_command<"pool", 1, pool_ops> {};
struct command_names::matmul : tiu_command<"matmul", 2, matmul_ops> {};
struct command_names::tensor : tiu_command<"tensor", 3, tensor_ops> {};

} // namespace tpu_convert::cv183x_layout
