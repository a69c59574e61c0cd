// Sub-operations of the BM1684X's commands; the short and the long form of a command share a list.
#pragma once
#include <tpu_convert/isa/field.hpp>

namespace tpu_convert::bm1684x_layout {

using namespace isa;

using conv_ops = sub_op_list<sub_op<0, "conv.normal">, sub_op<1, "conv.wrq">, sub_op<2, "conv.wrqrelu">>;
using mm_ops = sub_op_list<sub_op<1, "mm.normal">, sub_op<2, "mm.wrq">, sub_op<3, "mm.wrqrelu">>;
using mm2_ops = sub_op_list<sub_op<4, "mm2.nn">, sub_op<5, "mm2.nt">, sub_op<6, "mm2.tt">>;
using cmp_ops = sub_op_list<sub_op<22, "cmp.gt_and_sel">, sub_op<23, "cmp.sel_gt">, sub_op<24, "cmp.sel_eq">,
    sub_op<25, "cmp.lt_and_sel">, sub_op<26, "cmp.sel_lt">>;
using sfu_ops = sub_op_list<sub_op<12, "sfu.taylor_4x">, sub_op<13, "sfu.taylor">, sub_op<15, "sfu.normalize">,
    sub_op<17, "sfu.rsqrt">>;
using vc_ops = sub_op_list<sub_op<0, "vc.mul">, sub_op<2, "vc.add">, sub_op<3, "vc.sub">, sub_op<4, "vc.max">,
    sub_op<5, "vc.min">, sub_op<7, "vc.and">, sub_op<8, "vc.or">, sub_op<9, "vc.xor">, sub_op<10, "vc.select_gt">,
    sub_op<11, "vc.select_eq">, sub_op<12, "vc.div">, sub_op<13, "vc.select_lt">, sub_op<15, "vc.add_satu">,
    sub_op<16, "vc.sub_satu">, sub_op<20, "vc.mul_satu">, sub_op<23, "vc.mulDHR">>;
using lin_ops = sub_op_list<sub_op<1, "lin.mac">, sub_op<20, "lin.square_sum">, sub_op<21, "lin.square_diff">>;
using ar_ops = sub_op_list<sub_op<0, "arith.mul">, sub_op<1, "arith.not">, sub_op<2, "arith.add">, sub_op<3, "arith.sub">,
    sub_op<4, "arith.max">, sub_op<5, "arith.min">, sub_op<6, "arith.logicShift">, sub_op<7, "arith.and">,
    sub_op<8, "arith.or">, sub_op<9, "arith.xor">, sub_op<10, "arith.selectGreat">, sub_op<11, "arith.selectEqual">,
    sub_op<12, "arith.div">, sub_op<13, "arith.selectLess">, sub_op<14, "arith.cast">, sub_op<15, "arith.adds">,
    sub_op<16, "arith.subs">, sub_op<18, "arith.mac">, sub_op<19, "arith.copy">, sub_op<20, "arith.muls">,
    sub_op<21, "arith.ashift">, sub_op<22, "arith.cshift">, sub_op<23, "arith.mulDHR">, sub_op<24, "arith.euIdxGen">,
    sub_op<25, "arith.npuIdxGen">, sub_op<26, "arith.abs">, sub_op<27, "arith.fsubabs">, sub_op<28, "arith.copyMb">,
    sub_op<29, "arith.getFirstOne">, sub_op<30, "arith.getFirstZero">>;
using pord_ops = sub_op_list<sub_op<0, "pord.depthwise">, sub_op<1, "pord.avgpooling">, sub_op<2, "pord.depthwiserelu">,
    sub_op<4, "pord.maxpooling">, sub_op<5, "pord.roiDepthwise">, sub_op<6, "pord.roiavgpooling">,
    sub_op<7, "pord.roimaxpooling">>;
using rqdq_ops = sub_op_list<sub_op<0, "quant.rq0">, sub_op<1, "quant.rq1">, sub_op<2, "quant.rq2">, sub_op<3, "quant.dq0">,
    sub_op<4, "quant.dq1">, sub_op<5, "quant.dq2">>;
using sg_ops = sub_op_list<sub_op<0, "sg.pl_gather_d1coor">, sub_op<1, "sg.pl_gather_d2coor">, sub_op<2, "sg.pl_gather_rec">,
    sub_op<3, "sg.pl_scatter_d1coor">, sub_op<4, "sg.pl_scatter_d2coor">, sub_op<5, "sg.pe_s_gather_d1coor">,
    sub_op<6, "sg.pe_s_scatter_d1coor">, sub_op<7, "sg.pe_m_gather_d1coor">, sub_op<8, "sg.pe_s_mask_select">,
    sub_op<9, "sg.pe_s_nonzero">, sub_op<10, "sg.pe_s_scatter_pp_d1coor">, sub_op<11, "sg.pl_gather_perw">,
    sub_op<12, "sg.pl_scatter_perw">, sub_op<13, "sg.pe_s_gather_hzd">, sub_op<14, "sg.pe_s_scatter_hzd">,
    sub_op<15, "sg.pe_s_mask_selhzd">, sub_op<16, "sg.pe_s_nonzero_hzd">>;
using sgl_ops = sub_op_list<sub_op<17, "sgl.pe_s_gather_line">, sub_op<18, "sgl.pe_s_scatter_line">>;
using trans_bc_ops = sub_op_list<sub_op<0, "tsbc.cw_ts">, sub_op<1, "tsbc.wc_ts">, sub_op<2, "tsbc.l_copy">,
    sub_op<3, "tsbc.l_bc">, sub_op<4, "tsbc.s_bc">, sub_op<5, "tsbc.s_distribute">>;
using lar_ops = sub_op_list<sub_op<0, "lar.0">, sub_op<1, "lar.1">, sub_op<2, "lar.2">, sub_op<3, "lar.3">,
    sub_op<4, "lar.4">, sub_op<5, "lar.5">, sub_op<6, "lar.6">, sub_op<7, "lar.7">, sub_op<8, "lar.8">, sub_op<9, "lar.9">,
    sub_op<10, "lar.10">, sub_op<11, "lar.11">, sub_op<12, "lar.12">, sub_op<13, "lar.13">, sub_op<14, "lar.14">,
    sub_op<15, "lar.15">, sub_op<16, "lar.16">, sub_op<17, "lar.17">, sub_op<18, "lar.18">, sub_op<19, "lar.19">,
    sub_op<20, "lar.20">, sub_op<21, "lar.21">, sub_op<22, "lar.22">, sub_op<23, "lar.23">, sub_op<24, "lar.24">,
    sub_op<25, "lar.25">, sub_op<26, "lar.26">, sub_op<27, "lar.27">, sub_op<28, "lar.28">, sub_op<29, "lar.29">,
    sub_op<30, "lar.30">>;
using sys_ops = sub_op_list<sub_op<0, "sys.intr_barrier">, sub_op<1, "sys.spb">, sub_op<2, "sys.swr">,
    sub_op<3, "sys.swr_from_lmem">, sub_op<4, "sys.swr_collect_from_lmem">, sub_op<5, "sys.data_barrier">,
    sub_op<30, "sys.nop">, sub_op<31, "sys.end">>;
using dma_tensor_ops = sub_op_list<sub_op<0, "dma.tensor">, sub_op<1, "dma.tensor.transpose">,
    sub_op<2, "dma.tensor.collect">, sub_op<3, "dma.tensor.broadcast">, sub_op<4, "dma.tensor.distribute">,
    sub_op<5, "dma.tensor.4bank_copy">, sub_op<6, "dma.tensor.4bank_broadcast">>;
using dma_matrix_ops = sub_op_list<sub_op<0, "dma.matrix">, sub_op<1, "dma.matrix.transpose">>;
using dma_general_ops = sub_op_list<sub_op<0, "dma.general">, sub_op<1, "dma.general.broadcast">>;
using dma_sys_ops = sub_op_list<sub_op<0, "dma.sys.end">, sub_op<1, "dma.sys.nop">>;

} // namespace tpu_convert::bm1684x_layout
