// Rewrite: operators that do nothing.
#pragma once
#include <algorithm>
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/max_pool.hpp>
#include <tpu_convert/op/mul_const.hpp>
#include <tpu_convert/op/pad.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/pow.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/op/tile.hpp>
#include <tpu_convert/op/upsample.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

inline bool all_are(std::vector<std::int64_t> const& v, std::int64_t wanted) {
    return std::all_of(v.begin(), v.end(), [&](auto x) { return x == wanted; });
}

template <operation Pool>
bool is_whole_pool(graph const& g, graph::id v) {
    if (!is<Pool>(g, v)) return false;
    auto const& a = attributes<Pool>(g, v);
    return all_are(a.kernel_shape, 1) && all_are(a.strides, 1) && all_are(a.pads, 0) && !a.do_relu;
}

template <operation Op>
bool adds_or_multiplies(graph const& g, graph::id v, double neutral) {
    return is<Op>(g, v) && attributes<Op>(g, v).const_val == neutral && !attributes<Op>(g, v).do_relu;
}

// Slices, pads and tiles that keep the shape keep the elements too, unless they run backwards or move what is inside.
inline bool keeps_elements(graph const& g, graph::id v) {
    if (is<op::reshape>(g, v)) return true;
    if (is<op::slice>(g, v)) return all_are(attributes<op::slice>(g, v).steps, 1);
    if (is<op::pad>(g, v)) return all_are(attributes<op::pad>(g, v).paddings, 0);
    if (is<op::permute>(g, v)) {
        auto const& order = attributes<op::permute>(g, v).order;
        return std::is_sorted(order.begin(), order.end());
    }
    return is<op::tile>(g, v) || (is<op::upsample>(g, v) && !attributes<op::upsample>(g, v).do_relu) ||
           (is<op::concat>(g, v) && g.operands(v).size() == 1);
}

inline bool is_no_op(graph const& g, graph::id v) {
    ref const from = operand(g, v, 0);
    if (!from || g[from].dims != g[v].results[0].dims) return false;
    return keeps_elements(g, v) || is_whole_pool<op::max_pool>(g, v) || is_whole_pool<op::avg_pool>(g, v) ||
           adds_or_multiplies<op::add_const>(g, v, 0) || adds_or_multiplies<op::mul_const>(g, v, 1) ||
           (is<op::pow>(g, v) && attributes<op::pow>(g, v).exponent == 1);
}

} // namespace detail

TPU_CONVERT_INLINE void remove_no_ops(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (detail::is_no_op(g, v)) bypass(g, v, operand(g, v, 0));
    });
}

} // namespace tpu_convert::pass
