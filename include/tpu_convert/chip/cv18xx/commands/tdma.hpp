// TDMA commands. The CV183x lacks intra_cmd_paral, which is reserved there.
#pragma once
#include <tpu_convert/chip/cv18xx/commands/forward.hpp>
#include <tpu_convert/chip/cv18xx/commands/sub_ops.hpp>
#include <tpu_convert/isa/command.hpp>

namespace tpu_convert::cv18xx_layout {

// Bits13And14: fields of these bits.
template <class... Bits13And14>
using tdma_command = command<"tdma", 512,
    preset_field<"vld", 0, 1, 1>, field<"compress_en", 1, 1>, field<"eod", 2, 1>, field<"intp_en", 3, 1>,
    preset_field<"bar_en", 4, 1, 1>, field<"check_bf16_value", 5, 1>, field<"trans_dir", 6, 2>, field<"rsv00", 8, 2>,
    field<"trans_fmt", 10, 1>, field<"transpose_md", 11, 2>, Bits13And14..., field<"outstanding_en", 15, 1>,
    field<"cmd_id", 16, 16>, sub_op_field<"spec_func", 32, 3, tdma_ops>, preset_field<"dst_fmt", 35, 2, 1>,
    preset_field<"src_fmt", 37, 2, 1>, field<"cmprs_fmt", 39, 1>, field<"sys_dtype", 40, 1>, field<"rsv2_1", 41, 4>,
    field<"int8_sign", 45, 1>, field<"compress_zero_guard", 46, 1>, field<"int8_rnd_mode", 47, 1>, field<"cmd_id_dep", 48, 16>,
    field<"wait_id_other_tdma", 64, 16>, field<"wait_id_sdma", 80, 16>, field<"const_val", 96, 16>,
    field<"src_base_reg_sel", 112, 3>, field<"mv_lut_idx", 115, 1>, field<"dst_base_reg_sel", 116, 3>,
    field<"mv_lut_base", 119, 1>, field<"rsv4_5", 120, 8>, preset_field<"dst_h_stride", 128, 16, 1>,
    preset_field<"dst_c_stride_low", 144, 16, 1>, preset_field<"dst_n_stride", 160, 32, 1>,
    preset_field<"src_h_stride", 192, 16, 1>, preset_field<"src_c_stride_low", 208, 16, 1>,
    preset_field<"src_n_stride", 224, 32, 1>, preset_field<"dst_c", 256, 16, 1>, preset_field<"src_c", 272, 16, 1>,
    preset_field<"dst_w", 288, 16, 1>, preset_field<"dst_h", 304, 16, 1>, preset_field<"src_w", 320, 16, 1>,
    preset_field<"src_h", 336, 16, 1>, field<"dst_base_addr_low", 352, 32>, field<"src_base_addr_low", 384, 32>,
    preset_field<"src_n", 416, 16, 1>, field<"dst_base_addr_high", 432, 8>, field<"src_base_addr_high", 440, 8>,
    field<"src_c_stride_high", 448, 16>, field<"dst_c_stride_high", 464, 16>, field<"compress_bias0", 480, 8>,
    field<"compress_bias1", 488, 8>, field<"layer_ID", 496, 16>>;

} // namespace tpu_convert::cv18xx_layout

namespace tpu_convert::cv183x_layout {

struct command_names::tdma : tdma_command<field<"rsv01", 13, 2>> {};

} // namespace tpu_convert::cv183x_layout

namespace tpu_convert::cv182x_layout {

struct command_names::tdma : tdma_command<field<"rsv01", 13, 1>, field<"intra_cmd_paral", 14, 1>> {};

} // namespace tpu_convert::cv182x_layout
