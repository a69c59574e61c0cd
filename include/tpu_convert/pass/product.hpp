// A tree of multiplications as its factors: patterns of activations then do not depend on the order of the operands.
#pragma once
#include <algorithm>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/mul_const.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

struct product {
    double constant = 1;
    std::vector<ref> factors;
};

namespace detail {

inline void flatten(graph const& g, ref r, bool is_root, product& p, int depth) {
    bool const inner = is_root || (used_once(g, r) && depth > 0);
    if (inner && is<op::mul_const>(g, r) && !attributes<op::mul_const>(g, r.node).do_relu) {
        p.constant *= attributes<op::mul_const>(g, r.node).const_val;
        return flatten(g, operand(g, r, 0), false, p, depth - 1);
    }
    if (inner && is<op::mul>(g, r) && !attributes<op::mul>(g, r.node).do_relu) {
        for (auto const& factor : g.operands(r.node)) flatten(g, factor, false, p, depth - 1);
        return;
    }
    p.factors.push_back(r);
}

} // namespace detail

// Only factors that nothing else reads are taken apart, besides the root.
inline product product_of(graph const& g, ref r) {
    product p;
    detail::flatten(g, r, true, p, 4);
    return p;
}

// x if the product is c * x * f(x) for the factor f that the predicate recognises: it gives f's argument, or nothing.
template <class F>
ref times_function_of_itself(product const& p, double constant, F&& argument_of) {
    if (p.factors.size() != 2 || !near(p.constant, constant)) return {};
    for (std::size_t i = 0; i < 2; ++i)
        if (ref const x = argument_of(p.factors[i]); x && x == p.factors[1 - i]) return x;
    return {};
}

} // namespace tpu_convert::pass
