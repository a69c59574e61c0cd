// DMA commands whose movement is known beforehand.
#pragma once
#include <tpu_convert/chip/bm1684x/commands/forward.hpp>
#include <tpu_convert/chip/bm1684x/commands/sub_ops.hpp>
#include <tpu_convert/isa/command.hpp>

namespace tpu_convert::bm1684x_layout {

// DMA tensor
struct command_names::dma_tensor : command<"DMA_tensor", 768,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 0>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 0>, sub_op_field<"cmd_special_function", 36, 3, dma_tensor_ops>,
    field<"fill_constant_en", 39, 1>, field<"src_data_format", 40, 3>, field<"reserved", 43, 21>,
    field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>, field<"constant_value", 96, 32>, field<"src_nstride", 128, 32>,
    field<"src_cstride", 160, 32>, field<"src_hstride", 192, 32>, field<"src_wstride", 224, 32>,
    field<"dst_nstride", 256, 32>, field<"dst_cstride", 288, 32>, field<"dst_hstride", 320, 32>,
    field<"dst_wstride", 352, 32>, field<"src_nsize", 384, 16>, field<"src_csize", 400, 16>, field<"src_hsize", 416, 16>,
    field<"src_wsize", 432, 16>, field<"dst_nsize", 448, 16>, field<"dst_csize", 464, 16>, field<"dst_hsize", 480, 16>,
    field<"dst_wsize", 496, 16>, field<"src_start_addr_l32", 512, 32>, field<"src_start_addr_h8", 544, 8>,
    field<"reserved#3", 552, 24>, field<"dst_start_addr_l32", 576, 32>, field<"dst_start_addr_h8", 608, 8>,
    field<"reserved#4", 616, 24>, field<"Reserved#2", 640, 32>, field<"Reserved#3", 672, 32>,
    field<"localmem_mask_l32", 704, 32>, field<"localmem_mask_h32", 736, 32>> {};

// DMA matrix
struct command_names::dma_matrix : command<"DMA_matrix", 768,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 0>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 1>, sub_op_field<"cmd_special_function", 36, 3, dma_matrix_ops>,
    field<"fill_constant_en", 39, 1>, field<"src_data_format", 40, 3>, field<"reserved", 43, 21>,
    field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>, field<"constant_value", 96, 32>, field<"src_nstride", 128, 32>,
    field<"src_cstride", 160, 32>, field<"src_hstride", 192, 32>, field<"src_wstride", 224, 32>,
    field<"dst_nstride", 256, 32>, field<"dst_cstride", 288, 32>, field<"dst_hstride", 320, 32>,
    field<"dst_wstride", 352, 32>, field<"src_nsize", 384, 16>, field<"src_csize", 400, 16>, field<"src_hsize", 416, 16>,
    field<"src_wsize", 432, 16>, field<"dst_nsize", 448, 16>, field<"dst_csize", 464, 16>, field<"dst_hsize", 480, 16>,
    field<"dst_wsize", 496, 16>, field<"src_start_addr_h32", 512, 32>, field<"src_start_addr_l8", 544, 8>,
    field<"reserved#3", 552, 24>, field<"dst_start_addr_h32", 576, 32>, field<"dst_start_addr_l8", 608, 8>,
    field<"reserved#4", 616, 24>, field<"Reserved#2", 640, 32>, field<"Reserved#3", 672, 32>,
    field<"localmem_mask_l32", 704, 32>, field<"localmem_mask_h32", 736, 32>> {};

// short DMA matrix
struct command_names::dma_matrix_short : command<"sDMA_matrix", 512,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 1>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 1>, sub_op_field<"cmd_special_function", 36, 3, dma_matrix_ops>,
    field<"fill_constant_en", 39, 1>, field<"src_data_format", 40, 3>, field<"reserved", 43, 21>,
    field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>, field<"src_hstride/dst_hstride", 96, 32>,
    field<"dst_nstride/src_nstride", 128, 32>, field<"dst_cstride/src_cstride", 160, 32>,
    field<"src_hsize/dst_hsize", 192, 16>, field<"src_wsize/dst_wsize", 208, 16>, field<"dst_nsize/src_nsize", 224, 16>,
    field<"dst_csize/src_csize", 240, 16>, field<"dst_wsize/src_wsize", 256, 16>, field<"reserved#3", 272, 16>,
    field<"src_start_addr_l32", 288, 32>, field<"src_start_addr_h8", 320, 8>, field<"reserved#4", 328, 24>,
    field<"dst_start_addr_l32", 352, 32>, field<"dst_start_addr_h8", 384, 8>, field<"reserved#5", 392, 24>,
    field<"reserved#6", 416, 32>, field<"localmem_mask_l32", 448, 32>, field<"localmem_mask_h32", 480, 32>> {};

// DMA general
struct command_names::dma_general : command<"DMA_general", 768,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 0>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 3>, sub_op_field<"cmd_special_function", 36, 3, dma_general_ops>,
    field<"fill_constant_en", 39, 1>, field<"src_data_format", 40, 3>, field<"reserved", 43, 21>,
    field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>, field<"constant_value", 96, 32>, field<"src_nstride", 128, 32>,
    field<"src_cstride", 160, 32>, field<"src_hstride", 192, 32>, field<"src_wstride", 224, 32>,
    field<"dst_nstride", 256, 32>, field<"dst_cstride", 288, 32>, field<"dst_hstride", 320, 32>,
    field<"dst_wstride", 352, 32>, field<"src_nsize", 384, 16>, field<"src_csize", 400, 16>, field<"src_hsize", 416, 16>,
    field<"src_wsize", 432, 16>, field<"dst_nsize", 448, 16>, field<"dst_csize", 464, 16>, field<"dst_hsize", 480, 16>,
    field<"dst_wsize", 496, 16>, field<"src_start_addr_l32", 512, 32>, field<"src_start_addr_h8", 544, 8>,
    field<"reserved#3", 552, 24>, field<"dst_start_addr_l32", 576, 32>, field<"dst_start_addr_h8", 608, 8>,
    field<"reserved#4", 616, 24>, field<"Reserved#2", 640, 32>, field<"Reserved#3", 672, 32>,
    field<"localmem_mask_l32", 704, 32>, field<"localmem_mask_h32", 736, 32>> {};

// short DMA general
struct command_names::dma_general_short : command<"sDMA_general", 384,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 1>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 3>, sub_op_field<"cmd_special_function", 36, 3, dma_general_ops>,
    field<"fill_constant_en", 39, 1>, field<"src_data_format", 40, 3>, field<"reserved", 43, 21>,
    field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>, field<"constant_value", 96, 32>, field<"src_cstride", 128, 32>,
    field<"dst_csize", 160, 16>, field<"reserved#3", 176, 16>, field<"src_start_addr_l32", 192, 32>,
    field<"src_start_addr_h8", 224, 8>, field<"reserved#4", 232, 24>, field<"dst_start_addr_l32", 256, 32>,
    field<"dst_start_addr_h8", 288, 8>, field<"reserved#5", 296, 24>, field<"localmem_mask_l32", 320, 32>,
    field<"localmem_mask_h32", 352, 32>> {};

// DMA CW Transpose
struct command_names::dma_cw_transpose : command<"DMA_cw_transpose", 768,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 0>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 4>, field<"cmd_special_function", 36, 3>, field<"fill_constant_en", 39, 1>,
    field<"src_data_format", 40, 3>, field<"reserved", 43, 21>, field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>,
    field<"constant_value", 96, 32>, field<"src_nstride", 128, 32>, field<"src_cstride", 160, 32>,
    field<"src_hstride", 192, 32>, field<"src_wstride", 224, 32>, field<"dst_nstride", 256, 32>,
    field<"dst_cstride", 288, 32>, field<"dst_hstride", 320, 32>, field<"dst_wstride", 352, 32>, field<"src_nsize", 384, 16>,
    field<"src_csize", 400, 16>, field<"src_hsize", 416, 16>, field<"src_wsize", 432, 16>, field<"dst_nsize", 448, 16>,
    field<"dst_csize", 464, 16>, field<"dst_hsize", 480, 16>, field<"dst_wsize", 496, 16>,
    field<"src_start_addr_l32", 512, 32>, field<"src_start_addr_h8", 544, 8>, field<"reserved#3", 552, 24>,
    field<"dst_start_addr_l32", 576, 32>, field<"dst_start_addr_h8", 608, 8>, field<"reserved#4", 616, 24>,
    field<"Reserved#2", 640, 32>, field<"Reserved#3", 672, 32>, field<"localmem_mask_l32", 704, 32>,
    field<"localmem_mask_h32", 736, 32>> {};

} // namespace tpu_convert::bm1684x_layout
