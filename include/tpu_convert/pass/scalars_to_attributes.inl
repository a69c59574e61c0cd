// Rewrite: one number beside a tensor becomes an attribute.
#pragma once
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/compare.hpp>
#include <tpu_convert/op/compare_const.hpp>
#include <tpu_convert/op/div.hpp>
#include <tpu_convert/op/leaky_relu.hpp>
#include <tpu_convert/op/max.hpp>
#include <tpu_convert/op/max_const.hpp>
#include <tpu_convert/op/min.hpp>
#include <tpu_convert/op/min_const.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/mul_const.hpp>
#include <tpu_convert/op/prelu.hpp>
#include <tpu_convert/op/reciprocal.hpp>
#include <tpu_convert/op/relu.hpp>
#include <tpu_convert/op/sub.hpp>
#include <tpu_convert/op/sub_const.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

// The number, the tensor beside it and whether the number comes first.
struct scalar_operand {
    double number;
    ref tensor;
    bool is_left;
};

inline std::optional<scalar_operand> scalar_operand_of(graph const& g, graph::id v) {
    ref const left = operand(g, v, 0), right = operand(g, v, 1);
    auto const& dims = g[v].results[0].dims;
    if (auto const c = right ? scalar(g, right) : std::nullopt; c && g[left].dims == dims) return scalar_operand{*c, left, false};
    if (auto const c = right ? scalar(g, left) : std::nullopt; c && g[right].dims == dims) return scalar_operand{*c, right, true};
    return std::nullopt;
}

// What both operators say about a fused relu is kept.
template <operation To, operation From>
void become_const(graph& g, graph::id v, double number, ref x, bool is_reverse = false) {
    typename To::attributes a;
    a.const_val = number;
    if constexpr (requires { a.is_reverse; }) a.is_reverse = is_reverse;
    if constexpr (requires { a.do_relu; attributes<From>(g, v).do_relu; }) {
        a.do_relu = attributes<From>(g, v).do_relu;
        a.relu_limit = attributes<From>(g, v).relu_limit;
    }
    become<To>(g, v, a, {x});
}

inline void become_compare_const(graph& g, graph::id v, scalar_operand const& s) {
    op::compare_const::attributes a;
    a.mode = attributes<op::compare>(g, v).mode;
    a.const_val = s.number;
    a.inversed = s.is_left;
    become<op::compare_const>(g, v, a, {s.tensor});
}

inline void max_with_number(graph& g, graph::id v, scalar_operand const& s) {
    if (s.number == 0) return become<op::relu>(g, v, {}, {s.tensor});
    become_const<op::max_const, op::max>(g, v, s.number, s.tensor);
}

inline void scalar_to_attribute(graph& g, graph::id v) {
    auto const s = scalar_operand_of(g, v);
    if (!s) return;
    auto const [number, x, is_left] = *s;
    if (is<op::add>(g, v) && !attributes<op::add>(g, v).coeff) become_const<op::add_const, op::add>(g, v, number, x);
    else if (is<op::mul>(g, v)) become_const<op::mul_const, op::mul>(g, v, number, x);
    else if (is<op::max>(g, v)) max_with_number(g, v, *s);
    else if (is<op::min>(g, v)) become_const<op::min_const, op::min>(g, v, number, x);
    else if (is<op::compare>(g, v)) become_compare_const(g, v, *s);
    else if (is<op::sub>(g, v) && !attributes<op::sub>(g, v).coeff) {
        if (is_left != attributes<op::sub>(g, v).is_reverse) become_const<op::sub_const, op::sub>(g, v, number, x, true);
        else become_const<op::add_const, op::sub>(g, v, -number, x);
    } else if (is<op::div>(g, v)) {
        if (is_left != attributes<op::div>(g, v).is_reverse) become_const<op::reciprocal, op::div>(g, v, number, x);
        else if (number != 0) become_const<op::mul_const, op::div>(g, v, 1 / number, x);
    } else if (is<op::prelu>(g, v) && !is_left) {
        op::leaky_relu::attributes a;
        a.alpha = number;
        become<op::leaky_relu>(g, v, a, {x});
    }
}

} // namespace detail

TPU_CONVERT_INLINE void scalars_to_attributes(graph& g) {
    for_each_operation(g, [&](graph::id v) { detail::scalar_to_attribute(g, v); });
    g.erase_unused();
}

} // namespace tpu_convert::pass
