// Rewrite: x * sigmoid(beta x).
#pragma once
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/mul_const.hpp>
#include <tpu_convert/op/sigmoid.hpp>
#include <tpu_convert/op/silu.hpp>
#include <tpu_convert/op/swish.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

inline void fuse_silu(graph& g, graph::id v) {
    for (std::size_t i = 0; i < 2; ++i) {
        ref const gate = operand(g, v, i), x = operand(g, v, 1 - i);
        if (!is<op::sigmoid>(g, gate) || attributes<op::sigmoid>(g, gate.node).log) continue;
        ref const argument = operand(g, gate, 0);
        if (argument == x) return become<op::silu>(g, v, {}, {x});
        if (!is<op::mul_const>(g, argument) || operand(g, argument, 0) != x ||
            attributes<op::mul_const>(g, argument.node).do_relu)
            continue;
        op::swish::attributes a;
        a.beta = attributes<op::mul_const>(g, argument.node).const_val;
        return become<op::swish>(g, v, a, {x});
    }
}

} // namespace detail

TPU_CONVERT_INLINE void fuse_silu(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (is<op::mul>(g, v) && !attributes<op::mul>(g, v).do_relu) detail::fuse_silu(g, v);
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
