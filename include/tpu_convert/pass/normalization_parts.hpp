// Parts that patterns of layer and root-mean-square normalization share.
#pragma once
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/add_const.hpp>
#include <tpu_convert/op/div.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/op/reduce.hpp>
#include <tpu_convert/op/rsqrt.hpp>
#include <tpu_convert/op/sqrt.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

// x and the first axis of r = mean of x over all axes from that one on.
struct trailing_mean {
    ref x;
    std::int64_t axis;
};
inline std::optional<trailing_mean> trailing_mean_of(graph const& g, ref r) {
    if (!is<op::reduce>(g, r)) return std::nullopt;
    auto const& a = attributes<op::reduce>(g, r.node);
    ref const x = operand(g, r, 0);
    auto const rank = g[x].dims.size();
    if (a.mode != reduce_mode::mean || !a.keepdims || a.axes.empty()) return std::nullopt;
    auto axes = a.axes;
    for (auto& axis : axes) axis = normal_axis(axis, rank);
    std::sort(axes.begin(), axes.end());
    for (std::size_t i = 0; i < axes.size(); ++i)
        if (axes[i] != static_cast<std::int64_t>(rank - axes.size() + i)) return std::nullopt;
    return trailing_mean{x, axes[0]};
}

// d, m and eps of d / sqrt(m + eps), as a quotient or a product with a reciprocal root.
struct root_quotient {
    ref dividend, mean;
    double eps;
};
inline std::optional<root_quotient> root_quotient_of(graph const& g, graph::id v) {
    auto const parts = [&](ref dividend, ref sum) -> std::optional<root_quotient> {
        if (!is<op::add_const>(g, sum) || attributes<op::add_const>(g, sum.node).do_relu) return std::nullopt;
        return root_quotient{dividend, operand(g, sum, 0), attributes<op::add_const>(g, sum.node).const_val};
    };
    if (is<op::div>(g, v) && !attributes<op::div>(g, v).is_reverse && !attributes<op::div>(g, v).do_relu) {
        ref const root = operand(g, v, 1);
        return is<op::sqrt>(g, root) ? parts(operand(g, v, 0), operand(g, root, 0)) : std::nullopt;
    }
    if (!is<op::mul>(g, v) || attributes<op::mul>(g, v).do_relu) return std::nullopt;
    for (std::size_t i = 0; i < 2; ++i)
        if (ref const root = operand(g, v, i); is<op::rsqrt>(g, root)) return parts(operand(g, v, 1 - i), operand(g, root, 0));
    return std::nullopt;
}

// The x of x * x.
inline ref square_of(graph const& g, ref r) {
    if (!is<op::mul>(g, r) || attributes<op::mul>(g, r.node).do_relu) return {};
    ref const x = operand(g, r, 0);
    return x == operand(g, r, 1) ? x : ref{};
}

// If the only user of v is Op with a weight of the normalized shape: that user, and the weight with exactly this shape.
struct weighted_user {
    graph::id user;
    ref weight;
};
template <operation Op>
std::optional<weighted_user> weighted_user_of(graph& g, graph::id v, shape const& normalized) {
    if (!used_once(g, {v, 0}) || g.users(v).empty()) return std::nullopt;
    auto const use = g.users(v)[0];
    if (!is<Op>(g, use.node) || g[use.node].results[0].dims != g[v].results[0].dims || attributes<Op>(g, use.node).do_relu)
        return std::nullopt;
    ref const other = operand(g, use.node, 1 - use.operand);
    auto const* w = weight(g, other);
    if (!w || w->size() != element_count(normalized) || w->rank() < normalized.size()) return std::nullopt;
    if (!std::equal(normalized.rbegin(), normalized.rend(), w->shape().rbegin())) return std::nullopt;
    if (w->shape() == normalized) return weighted_user{use.node, other};
    tensor same{normalized, w->values()};
    return weighted_user{use.node, add_weight(g, g[other].name + "_reshaped", std::move(same))};
}

} // namespace tpu_convert::pass
