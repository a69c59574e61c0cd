// Every operator, once. Tables, reports and the conformance tests derive from this list.
#pragma once
#include <string_view>
#include <tpu_convert/core/type_list.hpp>
#include <tpu_convert/op/abs.hpp>
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/arccos.hpp>
#include <tpu_convert/op/arctanh.hpp>
#include <tpu_convert/op/arg.hpp>
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/batch_norm.hpp>
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/ceil.hpp>
#include <tpu_convert/op/clip.hpp>
#include <tpu_convert/op/compare.hpp>
#include <tpu_convert/op/compare_const.hpp>
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/cos.hpp>
#include <tpu_convert/op/cosh.hpp>
#include <tpu_convert/op/cum_sum.hpp>
#include <tpu_convert/op/deconv.hpp>
#include <tpu_convert/op/depth2space.hpp>
#include <tpu_convert/op/div.hpp>
#include <tpu_convert/op/div_const.hpp>
#include <tpu_convert/op/elu.hpp>
#include <tpu_convert/op/erf.hpp>
#include <tpu_convert/op/exp.hpp>
#include <tpu_convert/op/expand.hpp>
#include <tpu_convert/op/flatten.hpp>
#include <tpu_convert/op/floor.hpp>
#include <tpu_convert/op/gather.hpp>
#include <tpu_convert/op/gather_elements.hpp>
#include <tpu_convert/op/gather_nd.hpp>
#include <tpu_convert/op/gelu.hpp>
#include <tpu_convert/op/group_norm.hpp>
#include <tpu_convert/op/hard_sigmoid.hpp>
#include <tpu_convert/op/hard_swish.hpp>
#include <tpu_convert/op/instance_norm.hpp>
#include <tpu_convert/op/integer/integer_average.hpp>
#include <tpu_convert/op/integer/integer_conv.hpp>
#include <tpu_convert/op/integer/integer_mat_mul.hpp>
#include <tpu_convert/op/integer/integer_prelu.hpp>
#include <tpu_convert/op/integer/integer_product.hpp>
#include <tpu_convert/op/integer/integer_sum.hpp>
#include <tpu_convert/op/integer/integer_table.hpp>
#include <tpu_convert/op/integer/quantize.hpp>
#include <tpu_convert/op/integer/requantize.hpp>
#include <tpu_convert/op/integer/scatter_rows.hpp>
#include <tpu_convert/op/interp.hpp>
#include <tpu_convert/op/layer_norm.hpp>
#include <tpu_convert/op/leaky_relu.hpp>
#include <tpu_convert/op/log.hpp>
#include <tpu_convert/op/log_b.hpp>
#include <tpu_convert/op/logical_and.hpp>
#include <tpu_convert/op/lrn.hpp>
#include <tpu_convert/op/masked_fill.hpp>
#include <tpu_convert/op/mat_mul.hpp>
#include <tpu_convert/op/max.hpp>
#include <tpu_convert/op/max_const.hpp>
#include <tpu_convert/op/max_pool.hpp>
#include <tpu_convert/op/min.hpp>
#include <tpu_convert/op/min_const.hpp>
#include <tpu_convert/op/mish.hpp>
#include <tpu_convert/op/mod.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/mul_const.hpp>
#include <tpu_convert/op/non_zero.hpp>
#include <tpu_convert/op/pad.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/pixel_norm.hpp>
#include <tpu_convert/op/pow.hpp>
#include <tpu_convert/op/pow2.hpp>
#include <tpu_convert/op/pow3.hpp>
#include <tpu_convert/op/prelu.hpp>
#include <tpu_convert/op/reciprocal.hpp>
#include <tpu_convert/op/reduce.hpp>
#include <tpu_convert/op/relu.hpp>
#include <tpu_convert/op/remainder.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/op/reverse.hpp>
#include <tpu_convert/op/rms_norm.hpp>
#include <tpu_convert/op/round.hpp>
#include <tpu_convert/op/rsqrt.hpp>
#include <tpu_convert/op/scale.hpp>
#include <tpu_convert/op/scatter_elements.hpp>
#include <tpu_convert/op/scatter_nd.hpp>
#include <tpu_convert/op/shape_of.hpp>
#include <tpu_convert/op/shuffle_channel.hpp>
#include <tpu_convert/op/sigmoid.hpp>
#include <tpu_convert/op/sign.hpp>
#include <tpu_convert/op/silu.hpp>
#include <tpu_convert/op/sin.hpp>
#include <tpu_convert/op/sinh.hpp>
#include <tpu_convert/op/size.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/op/softmax.hpp>
#include <tpu_convert/op/softplus.hpp>
#include <tpu_convert/op/softsign.hpp>
#include <tpu_convert/op/split.hpp>
#include <tpu_convert/op/sqrt.hpp>
#include <tpu_convert/op/squeeze.hpp>
#include <tpu_convert/op/sub.hpp>
#include <tpu_convert/op/sub_const.hpp>
#include <tpu_convert/op/swish.hpp>
#include <tpu_convert/op/tan.hpp>
#include <tpu_convert/op/tanh.hpp>
#include <tpu_convert/op/tile.hpp>
#include <tpu_convert/op/top_k.hpp>
#include <tpu_convert/op/trilu.hpp>
#include <tpu_convert/op/unsqueeze.hpp>
#include <tpu_convert/op/upsample.hpp>
#include <tpu_convert/op/where.hpp>
#include <type_traits>

namespace tpu_convert {

using all_operations = type_list<
    op::abs, op::add, op::add_const, op::arccos, op::arctanh, op::arg, op::avg_pool, op::batch_norm, op::cast, op::ceil,
    op::clip, op::compare, op::compare_const, op::concat, op::conv, op::cos, op::cosh, op::cum_sum,
    op::deconv, op::depth2space, op::div, op::div_const, op::elu, op::erf, op::exp, op::expand, op::flatten, op::floor,
    op::gather, op::gather_elements, op::gather_nd, op::gelu, op::group_norm, op::hard_sigmoid, op::hard_swish,
    op::instance_norm, op::interp, op::layer_norm, op::leaky_relu, op::log, op::log_b, op::logical_and, op::lrn,
    op::masked_fill, op::mat_mul, op::max, op::max_const, op::max_pool, op::min, op::min_const, op::mish, op::mod, op::mul,
    op::mul_const, op::non_zero, op::pad, op::permute, op::pixel_norm, op::pow, op::pow2, op::pow3, op::prelu,
    op::reciprocal, op::reduce, op::relu, op::remainder, op::reshape, op::reverse, op::rms_norm, op::round, op::rsqrt,
    op::scale, op::scatter_elements, op::scatter_nd, op::shape_of, op::shuffle_channel, op::sigmoid, op::sign, op::silu,
    op::sin, op::sinh, op::size, op::slice, op::softmax, op::softplus, op::softsign, op::split, op::sqrt, op::squeeze,
    op::sub, op::sub_const, op::swish, op::tan, op::tanh, op::tile, op::top_k, op::trilu, op::unsqueeze, op::upsample,
    op::where,
    // Of typed networks: what the rules of quantize/ make of the operators above.
    op::dequantize, op::integer_average, op::integer_conv, op::integer_mat_mul, op::integer_prelu, op::integer_product,
    op::integer_sum, op::integer_table, op::quantize, op::requantize, op::scatter_rows>;
using all_families = type_list<unary_family, binary_family, convolution_family, pool_family, matrix_family, normalization_family,
                               reduction_family, movement_family, indexing_family, resize_family, integer_family,
                               composed_family>;

namespace detail {

template <class Family>
struct member_of {
    template <class Op>
    struct keep : std::is_same<typename Op::family, Family> {};
};

template <class... Ops>
constexpr bool are_sound(type_list<Ops...>) {
    static_assert((operation_contract<Ops>::holds && ...));
    std::string_view const names[]{Ops::name...};
    for (auto const& a : names)
        for (auto const& b : names)
            if (&a != &b && a == b) return false;
    return true;
}

} // namespace detail

static_assert(detail::are_sound(all_operations{}), "two operators have one name");

template <class Family>
struct operations_of_family {
    using type = filter<all_operations, detail::member_of<Family>::template keep>;
};
template <class Family>
using operations_of = typename operations_of_family<Family>::type;

} // namespace tpu_convert
