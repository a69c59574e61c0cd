// DMA commands whose movement depends on the data, and the end command.
#pragma once
#include <tpu_convert/chip/bm1684x/commands/forward.hpp>
#include <tpu_convert/chip/bm1684x/commands/sub_ops.hpp>
#include <tpu_convert/isa/command.hpp>

namespace tpu_convert::bm1684x_layout {

// DMA masked select
struct command_names::dma_masked_select : command<"DMA_masked_select", 768,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 0>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 2>, field<"cmd_special_function", 36, 3>, field<"fill_constant_en", 39, 1>,
    field<"src_data_format", 40, 3>, field<"mask_data_format", 43, 3>, field<"reserved", 46, 18>,
    field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>, field<"constant_value", 96, 32>, field<"src_nstride", 128, 32>,
    field<"src_cstride", 160, 32>, field<"src_hstride", 192, 32>, field<"src_wstride", 224, 32>,
    field<"dst_nstride", 256, 32>, field<"dst_cstride", 288, 32>, field<"dst_hstride", 320, 32>,
    field<"dst_wstride", 352, 32>, field<"src_nsize", 384, 16>, field<"src_csize", 400, 16>, field<"src_hsize", 416, 16>,
    field<"src_wsize", 432, 16>, field<"dst_nsize", 448, 16>, field<"dst_csize", 464, 16>, field<"dst_hsize", 480, 16>,
    field<"dst_wsize", 496, 16>, field<"src_start_addr_l32", 512, 32>, field<"src_start_addr_h8", 544, 8>,
    field<"reserved#3", 552, 24>, field<"dst_start_addr_l32", 576, 32>, field<"dst_start_addr_h8", 608, 8>,
    field<"reserved#4", 616, 24>, field<"mask_start_addr_l32", 640, 32>, field<"mask_start_addr_h8", 672, 32>,
    field<"localmem_mask_l32", 704, 32>, field<"localmem_mask_h32", 736, 32>> {};

// short DMA masked select
struct command_names::dma_masked_select_short : command<"sDMA_masked_select", 512,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 1>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 2>, field<"cmd_special_function", 36, 3>, field<"fill_constant_en", 39, 1>,
    field<"src_data_format", 40, 3>, field<"mask_data_format", 43, 3>, field<"reserved", 46, 18>,
    field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>, field<"src_nsize", 96, 16>, field<"src_csize", 112, 16>,
    field<"src_hsize", 128, 16>, field<"src_wsize", 144, 16>, field<"dst_nsize", 160, 16>, field<"dst_csize", 176, 16>,
    field<"dst_hsize", 192, 16>, field<"dst_wsize", 208, 16>, field<"src_start_addr_l32", 224, 32>,
    field<"src_start_addr_h8", 256, 8>, field<"reserved#3", 264, 24>, field<"dst_start_addr_l32", 288, 32>,
    field<"dst_start_addr_h8", 320, 8>, field<"reserved#4", 328, 24>, field<"mask_start_addr_l32", 352, 32>,
    field<"mask_start_addr_h8", 384, 32>, field<"reserved#5", 416, 32>, field<"reserved#6", 448, 32>,
    field<"reserved#7", 480, 32>> {};

// DMA nonzero
struct command_names::dma_nonzero : command<"DMA_nonzero", 768,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 0>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 5>, field<"cmd_special_function", 36, 3>, field<"fill_constant_en", 39, 1>,
    field<"src_data_format", 40, 3>, field<"index_data_format", 43, 3>, field<"reserved", 46, 18>,
    field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>, field<"constant_value", 96, 32>, field<"src_nstride", 128, 32>,
    field<"src_cstride", 160, 32>, field<"src_hstride", 192, 32>, field<"src_wstride", 224, 32>,
    field<"dst_nstride", 256, 32>, field<"dst_cstride", 288, 32>, field<"dst_hstride", 320, 32>,
    field<"dst_wstride", 352, 32>, field<"src_nsize", 384, 16>, field<"src_csize", 400, 16>, field<"src_hsize", 416, 16>,
    field<"src_wsize", 432, 16>, field<"dst_nsize", 448, 16>, field<"dst_csize", 464, 16>, field<"dst_hsize", 480, 16>,
    field<"dst_wsize", 496, 16>, field<"src_start_addr_l32", 512, 32>, field<"src_start_addr_h8", 544, 8>,
    field<"reserved#3", 552, 24>, field<"dst_start_addr_l32", 576, 32>, field<"dst_start_addr_h8", 608, 8>,
    field<"reserved#4", 616, 24>, field<"Reserved#2", 640, 32>, field<"Reserved#3", 672, 32>,
    field<"localmem_mask_l32", 704, 32>, field<"localmem_mask_h32", 736, 32>> {};

// short DMA nonzero
struct command_names::dma_nonzero_short : command<"sDMA_nonzero", 384,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 1>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 5>, field<"cmd_special_function", 36, 3>, field<"fill_constant_en", 39, 1>,
    field<"src_data_format", 40, 3>, field<"index_data_format", 43, 3>, field<"reserved", 46, 18>,
    field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>, field<"dst_nstride", 96, 32>, field<"src_nsize", 128, 16>,
    field<"src_csize", 144, 16>, field<"src_hsize", 160, 16>, field<"src_wsize", 176, 16>,
    field<"src_start_addr_l32", 192, 32>, field<"src_start_addr_h8", 224, 8>, field<"reserved#3", 232, 24>,
    field<"dst_start_addr_l32", 256, 32>, field<"dst_start_addr_h8", 288, 8>, field<"reserved#4", 296, 24>,
    field<"reserved#5", 320, 32>, field<"reserved#6", 352, 32>> {};

// short DMA sys
struct command_names::dma_sys : command<"sDMA_sys", 128,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 1>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 6>, sub_op_field<"cmd_special_function", 36, 3, dma_sys_ops>,
    field<"fill_constant_en", 39, 1>, field<"src_data_format", 40, 3>, field<"reserved", 43, 21>,
    field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>, field<"constant_value", 96, 32>> {};

// DMA gather
struct command_names::dma_gather : command<"DMA_gather", 768,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 0>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 7>, field<"cmd_special_function", 36, 3>, field<"fill_constant_en", 39, 1>,
    field<"src_data_format", 40, 3>, field<"reserved", 43, 21>, field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>,
    field<"constant_value", 96, 32>, field<"src_cstride", 128, 32>, field<"src_hstride", 160, 32>,
    field<"dst_cstride", 192, 32>, field<"dst_hstride", 224, 32>, field<"index_cstride", 256, 32>,
    field<"index_hstride", 288, 32>, field<"reserved#3", 320, 16>, field<"src_csize", 336, 16>, field<"src_hsize", 352, 32>,
    field<"src_wsize", 384, 16>, field<"dst_csize", 400, 16>, field<"dst_hsize", 416, 32>, field<"dst_wsize", 448, 16>,
    field<"index_csize", 464, 16>, field<"index_hsize", 480, 32>, field<"src_start_addr_l32", 512, 32>,
    field<"src_start_addr_h8", 544, 8>, field<"reserved#4", 552, 24>, field<"dst_start_addr_l32", 576, 32>,
    field<"dst_start_addr_h8", 608, 8>, field<"reserved#5", 616, 24>, field<"index_start_addr_l32", 640, 32>,
    field<"index_start_addr_h8", 672, 8>, field<"reserve", 680, 24>, field<"localmem_mask_l32", 704, 32>,
    field<"localmem_mask_h32", 736, 32>> {};

// DMA scatter
struct command_names::dma_scatter : command<"DMA_scatter", 768,
    field<"intr_en", 0, 1>, field<"stride_enable", 1, 1>, field<"nchw_copy", 2, 1>, fixed_field<"cmd_short", 3, 1, 0>,
    field<"decompress_enable", 4, 1>, field<"cmd_id_en", 5, 4>, field<"cmd_id", 9, 20>, field<"Reserved", 29, 3>,
    fixed_field<"cmd_type", 32, 4, 8>, field<"cmd_special_function", 36, 3>, field<"fill_constant_en", 39, 1>,
    field<"src_data_format", 40, 3>, field<"reserved", 43, 21>, field<"cmd_id_dep", 64, 20>, field<"reserved#2", 84, 12>,
    field<"constant_value", 96, 32>, field<"src_cstride", 128, 32>, field<"src_hstride", 160, 32>,
    field<"dst_cstride", 192, 32>, field<"dst_hstride", 224, 32>, field<"index_cstride", 256, 32>,
    field<"index_hstride", 288, 32>, field<"reserved#3", 320, 16>, field<"src_csize", 336, 16>, field<"src_hsize", 352, 32>,
    field<"src_wsize", 384, 16>, field<"dst_csize", 400, 16>, field<"dst_hsize", 416, 32>, field<"dst_wsize", 448, 16>,
    field<"index_csize", 464, 16>, field<"index_hsize", 480, 32>, field<"src_start_addr_l32", 512, 32>,
    field<"src_start_addr_h8", 544, 8>, field<"reserved#4", 552, 24>, field<"dst_start_addr_l32", 576, 32>,
    field<"dst_start_addr_h8", 608, 8>, field<"reserved#5", 616, 24>, field<"index_start_addr_l32", 640, 32>,
    field<"index_start_addr_h8", 672, 8>, field<"reserve", 680, 24>, field<"localmem_mask_l32", 704, 32>,
    field<"localmem_mask_h32", 736, 32>> {};

} // namespace tpu_convert::bm1684x_layout
