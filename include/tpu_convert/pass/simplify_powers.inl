// Rewrite: powers with simple exponents.
#pragma once
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/pow.hpp>
#include <tpu_convert/op/reciprocal.hpp>
#include <tpu_convert/op/rsqrt.hpp>
#include <tpu_convert/op/sqrt.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

TPU_CONVERT_INLINE void simplify_powers(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (!is<op::pow>(g, v)) return;
        double const exponent = attributes<op::pow>(g, v).exponent;
        ref const x = operand(g, v, 0);
        auto const& result = g[v].results[0];
        if (exponent == 2) become<op::mul>(g, v, {}, {x, x});
        else if (exponent == 3) {
            ref const square = add_operation<op::mul>(g, result.name + "_square", g[x].dims, {}, {x, x});
            become<op::mul>(g, v, {}, {square, x});
        } else if (exponent == 0.5) become<op::sqrt>(g, v, {}, {x});
        else if (exponent == -0.5) become<op::rsqrt>(g, v, {}, {x});
        else if (exponent == -1) become<op::reciprocal>(g, v, {}, {x});
    });
}

} // namespace tpu_convert::pass
