// Rewrite: x - w is x + (-w), x / w is x * (1 / w), for constant tensors w.
#pragma once
#include <algorithm>
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/div.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/sub.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

template <class F>
ref mapped_weight(graph& g, std::string const& name, tensor const& w, F&& f) {
    tensor values{w.shape()};
    for (std::int64_t i = 0; i < w.size(); ++i) values[i] = f(w[i]);
    return add_weight(g, name, std::move(values));
}

template <operation From, operation To, class F>
void constant_second_operand(graph& g, graph::id v, F&& f) {
    auto const& from = attributes<From>(g, v);
    ref const x = operand(g, v, 0), right = operand(g, v, 1);
    auto const* w = weight(g, right);
    if (!w || w->size() == 1 || from.is_reverse || weight(g, x)) return;
    typename To::attributes a;
    a.do_relu = from.do_relu;
    a.relu_limit = from.relu_limit;
    ref const mapped = mapped_weight(g, g[right].name + "_inverse", *w, f);
    become<To>(g, v, a, {x, mapped});
}

} // namespace detail

TPU_CONVERT_INLINE void constants_to_sums_and_products(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (is<op::sub>(g, v) && !attributes<op::sub>(g, v).coeff)
            detail::constant_second_operand<op::sub, op::add>(g, v, [](float x) { return -x; });
        if (!is<op::div>(g, v)) return;
        auto const* w = weight(g, operand(g, v, 1));
        if (w && std::none_of(w->values().begin(), w->values().end(), [](float x) { return x == 0; }))
            detail::constant_second_operand<op::div, op::mul>(g, v, [](float x) { return 1 / x; });
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
