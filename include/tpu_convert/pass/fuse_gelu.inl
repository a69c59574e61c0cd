// Rewrite: x Phi(x) with Phi by erf or by tanh.
#pragma once
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/erf.hpp>
#include <tpu_convert/op/gelu.hpp>
#include <tpu_convert/op/tanh.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/product.hpp>

namespace tpu_convert::pass {

namespace detail {

// f's operand of 1 + f(...), or nothing.
template <operation F>
ref argument_of_one_plus(graph const& g, ref r) {
    if (!is<op::add_const>(g, r) || attributes<op::add_const>(g, r.node).const_val != 1) return {};
    ref const f = operand(g, r, 0);
    return is<F>(g, f) ? operand(g, f, 0) : ref{};
}

// x of erf(x / sqrt 2).
inline ref erf_argument(graph const& g, ref r) {
    ref const scaled = argument_of_one_plus<op::erf>(g, r);
    if (!scaled) return {};
    auto const p = product_of(g, scaled);
    return p.factors.size() == 1 && near(p.constant, 0.70710678118654752) ? p.factors[0] : ref{};
}

// Is r = 0.044715 x^3?
inline bool is_cubic_term(graph const& g, ref r, ref x) {
    auto const p = product_of(g, r);
    if (!near(p.constant, 0.044715)) return false;
    std::size_t order = 0;
    for (auto const factor : p.factors) {
        if (factor == x) ++order;
        else if (is<op::mul>(g, factor) && operand(g, factor, 0) == x && operand(g, factor, 1) == x) order += 2;
        else return false;
    }
    return order == 3;
}

// Is r = 1 + 0.044715 x^2?
inline bool is_quadratic_factor(graph const& g, ref r, ref x) {
    if (!is<op::add_const>(g, r) || attributes<op::add_const>(g, r.node).const_val != 1) return false;
    auto const p = product_of(g, operand(g, r, 0));
    return near(p.constant, 0.044715) && p.factors.size() == 2 && p.factors[0] == x && p.factors[1] == x;
}

// x of tanh(sqrt(2 / pi) (x + 0.044715 x^3)).
inline ref tanh_argument(graph const& g, ref r) {
    ref const scaled = argument_of_one_plus<op::tanh>(g, r);
    if (!scaled) return {};
    auto const p = product_of(g, scaled);
    if (!near(p.constant, 0.79788456080286536)) return {};
    if (p.factors.size() == 2)
        for (std::size_t i = 0; i < 2; ++i)
            if (is_quadratic_factor(g, p.factors[i], p.factors[1 - i])) return p.factors[1 - i];
    if (p.factors.size() != 1 || !is<op::add>(g, p.factors[0])) return {};
    ref const a = operand(g, p.factors[0], 0), b = operand(g, p.factors[0], 1);
    if (is_cubic_term(g, b, a)) return a;
    return is_cubic_term(g, a, b) ? b : ref{};
}

} // namespace detail

TPU_CONVERT_INLINE void fuse_gelu(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (!is<op::mul>(g, v) && !is<op::mul_const>(g, v)) return;
        auto const p = product_of(g, {v, 0});
        op::gelu::attributes a;
        ref x = times_function_of_itself(p, 0.5, [&](ref r) { return detail::erf_argument(g, r); });
        if (!x) {
            x = times_function_of_itself(p, 0.5, [&](ref r) { return detail::tanh_argument(g, r); });
            a.approx_mode = gelu_mode::tanh;
        }
        if (x) become<op::gelu>(g, v, a, {x});
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
