// Every operator that is nothing but its composition of others, once; those of registry.hpp may have one as well.
#pragma once
#include <tpu_convert/op/composed/a16_mat_mul.hpp>
#include <tpu_convert/op/composed/adaptive_avg_pool.hpp>
#include <tpu_convert/op/composed/arange.hpp>
#include <tpu_convert/op/composed/attention.hpp>
#include <tpu_convert/op/composed/batch_norm_bwd.hpp>
#include <tpu_convert/op/composed/batch_norm_train.hpp>
#include <tpu_convert/op/composed/concat_slice.hpp>
#include <tpu_convert/op/composed/concat_volume.hpp>
#include <tpu_convert/op/composed/constant_fill.hpp>
#include <tpu_convert/op/composed/conv_bwd.hpp>
#include <tpu_convert/op/composed/conv_bwd_weight.hpp>
#include <tpu_convert/op/composed/copy_strided.hpp>
#include <tpu_convert/op/composed/correlation.hpp>
#include <tpu_convert/op/composed/deform_conv2d.hpp>
#include <tpu_convert/op/composed/dequantize_linear.hpp>
#include <tpu_convert/op/composed/dtype_cast.hpp>
#include <tpu_convert/op/composed/einsum.hpp>
#include <tpu_convert/op/composed/emb_dense_bwd.hpp>
#include <tpu_convert/op/composed/f_attention.hpp>
#include <tpu_convert/op/composed/grid_sampler.hpp>
#include <tpu_convert/op/composed/group_norm_train.hpp>
#include <tpu_convert/op/composed/gru.hpp>
#include <tpu_convert/op/composed/index_put.hpp>
#include <tpu_convert/op/composed/insert.hpp>
#include <tpu_convert/op/composed/layer_norm_bwd.hpp>
#include <tpu_convert/op/composed/layer_norm_train.hpp>
#include <tpu_convert/op/composed/lstm.hpp>
#include <tpu_convert/op/composed/lut.hpp>
#include <tpu_convert/op/composed/max_pool_with_mask.hpp>
#include <tpu_convert/op/composed/max_pooling_indices_bwd.hpp>
#include <tpu_convert/op/composed/max_unpool.hpp>
#include <tpu_convert/op/composed/mean_rstd.hpp>
#include <tpu_convert/op/composed/mesh_grid.hpp>
#include <tpu_convert/op/composed/mlp.hpp>
#include <tpu_convert/op/composed/normalize.hpp>
#include <tpu_convert/op/composed/pack.hpp>
#include <tpu_convert/op/composed/prior_box.hpp>
#include <tpu_convert/op/composed/quantize_linear.hpp>
#include <tpu_convert/op/composed/randn_like.hpp>
#include <tpu_convert/op/composed/range.hpp>
#include <tpu_convert/op/composed/repeat.hpp>
#include <tpu_convert/op/composed/roi_align.hpp>
#include <tpu_convert/op/composed/roi_extractor.hpp>
#include <tpu_convert/op/composed/rope.hpp>
#include <tpu_convert/op/composed/scale_dot_product_attention.hpp>
#include <tpu_convert/op/composed/selective_scan.hpp>
#include <tpu_convert/op/composed/slice_axis.hpp>
#include <tpu_convert/op/composed/softmax_bwd.hpp>
#include <tpu_convert/op/composed/sort.hpp>
#include <tpu_convert/op/composed/strided_slice.hpp>
#include <tpu_convert/op/composed/swap_channel.hpp>
#include <tpu_convert/op/composed/swap_dim_inner.hpp>
#include <tpu_convert/op/composed/transpose.hpp>
#include <tpu_convert/op/composed/unpack.hpp>
#include <tpu_convert/op/composed/variance.hpp>
#include <tpu_convert/op/composed/view_as.hpp>
#include <tpu_convert/op/registry.hpp>

namespace tpu_convert {

using composed_operations = type_list<
    op::a16_mat_mul, op::adaptive_avg_pool, op::arange, op::attention, op::batch_norm_bwd, op::batch_norm_train,
    op::concat_slice, op::concat_volume, op::constant_fill, op::conv_bwd, op::conv_bwd_weight, op::copy_strided,
    op::correlation, op::deform_conv2d, op::dequantize_linear, op::dtype_cast, op::einsum, op::emb_dense_bwd,
    op::f_attention, op::grid_sampler, op::group_norm_train, op::gru, op::index_put, op::insert, op::layer_norm_bwd,
    op::layer_norm_train, op::lstm, op::lut, op::max_pool_with_mask, op::max_pooling_indices_bwd, op::max_unpool,
    op::mean_rstd, op::mesh_grid, op::mlp, op::normalize, op::pack, op::prior_box, op::quantize_linear,
    op::randn_like, op::range, op::repeat, op::roi_align, op::roi_extractor, op::rope, op::scale_dot_product_attention,
    op::selective_scan, op::slice_axis, op::softmax_bwd, op::sort, op::strided_slice, op::swap_channel,
    op::swap_dim_inner, op::transpose, op::unpack, op::variance, op::view_as>;

static_assert(detail::are_sound(concat<all_operations, composed_operations>{}), "two operators have one name");

template <>
struct operations_of_family<composed_family> {
    using type = composed_operations;
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/composed/arrangement.inl>
#include <tpu_convert/op/composed/attention.inl>
#include <tpu_convert/op/composed/constants.inl>
#include <tpu_convert/op/composed/contraction.inl>
#include <tpu_convert/op/composed/formula.inl>
#include <tpu_convert/op/composed/recurrent.inl>
#include <tpu_convert/op/composed/sampling.inl>
#include <tpu_convert/op/composed/selection.inl>
#include <tpu_convert/op/composed/statistics.inl>
#include <tpu_convert/op/composed/windows.inl>
#include <tpu_convert/op/composition.inl>
#endif
