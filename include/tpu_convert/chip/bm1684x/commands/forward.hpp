// Names of the BM1684X's command types and the lists of them, without their layouts.
#pragma once
#include <tpu_convert/core/type_list.hpp>

namespace tpu_convert::bm1684x_layout {

// `_short` is the compact form of a command. dma_sys and sys have one form only.
struct command_names {
    struct conv; struct conv_short; struct mm; struct mm_short; struct mm2; struct mm2_short; struct cmp;
    struct cmp_short; struct sfu; struct sfu_short; struct vc; struct vc_short; struct lin; struct lin_short;
    struct ar; struct ar_short; struct pord; struct pord_short; struct rqdq; struct rqdq_short; struct sg;
    struct sg_short; struct sgl; struct sgl_short; struct trans_bc; struct trans_bc_short; struct lar; struct sys;
    struct dma_tensor; struct dma_matrix; struct dma_matrix_short; struct dma_masked_select;
    struct dma_masked_select_short; struct dma_general; struct dma_general_short; struct dma_cw_transpose;
    struct dma_nonzero; struct dma_nonzero_short; struct dma_sys; struct dma_gather; struct dma_scatter;
    using tiu_commands = type_list<conv, conv_short, mm, mm_short, mm2, mm2_short, cmp, cmp_short, sfu, sfu_short, vc,
        vc_short, lin, lin_short, ar, ar_short, pord, pord_short, rqdq, rqdq_short, sg, sg_short, sgl, sgl_short, trans_bc,
        trans_bc_short, lar, sys>;
    using gdma_commands = type_list<dma_tensor, dma_matrix, dma_matrix_short, dma_masked_select, dma_masked_select_short,
        dma_general, dma_general_short, dma_cw_transpose, dma_nonzero, dma_nonzero_short, dma_sys, dma_gather, dma_scatter>;
};

} // namespace tpu_convert::bm1684x_layout
