// Rewrite: hard sigmoid and hard swish.
#pragma once
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/hard_sigmoid.hpp>
#include <tpu_convert/op/hard_swish.hpp>
#include <tpu_convert/op/relu.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/product.hpp>

namespace tpu_convert::pass {

namespace detail {

// x of clip(x + 3, 0, 6).
inline ref relu6_of_x_plus_3(graph const& g, ref r) {
    if (!is<op::relu>(g, r) || attributes<op::relu>(g, r.node).relu_limit != 6) return {};
    ref const sum = operand(g, r, 0);
    if (!is<op::add_const>(g, sum)) return {};
    auto const& a = attributes<op::add_const>(g, sum.node);
    return a.const_val == 3 && !a.do_relu ? operand(g, sum, 0) : ref{};
}

// x of a hard sigmoid with slope 1/6 and 1/2 at 0.
inline ref standard_hard_sigmoid_of(graph const& g, ref r) {
    if (!is<op::hard_sigmoid>(g, r)) return {};
    auto const& a = attributes<op::hard_sigmoid>(g, r.node);
    return near(a.alpha, 1.0 / 6) && near(a.beta, 0.5) ? operand(g, r, 0) : ref{};
}

inline void fuse_hard_swish(graph& g, graph::id v) {
    auto const p = product_of(g, {v, 0});
    ref x = times_function_of_itself(p, 1.0 / 6, [&](ref r) { return relu6_of_x_plus_3(g, r); });
    if (!x) x = times_function_of_itself(p, 1, [&](ref r) { return standard_hard_sigmoid_of(g, r); });
    if (x) return become<op::hard_swish>(g, v, {}, {x});
    if (p.factors.size() != 1 || !near(p.constant, 1.0 / 6)) return;
    x = relu6_of_x_plus_3(g, p.factors[0]);
    if (!x) return;
    op::hard_sigmoid::attributes a;
    a.alpha = 1.0 / 6;
    a.beta = 0.5;
    become<op::hard_sigmoid>(g, v, a, {x});
}

} // namespace detail

TPU_CONVERT_INLINE void fuse_hard_swish(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        bool const plain = (is<op::mul>(g, v) && !attributes<op::mul>(g, v).do_relu) ||
                           (is<op::mul_const>(g, v) && !attributes<op::mul_const>(g, v).do_relu);
        if (plain) detail::fuse_hard_swish(g, v);
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
