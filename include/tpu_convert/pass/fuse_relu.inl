// Rewrite: a relu after an operator that can do it itself.
#pragma once
#include <algorithm>
#include <tpu_convert/op/relu.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

// Movement computes nothing, so it has no place for a relu on the chips.
template <class Op>
concept takes_relu = !std::is_same_v<typename Op::family, movement_family> && requires(typename Op::attributes a) {
    a.do_relu;
    a.relu_limit;
};

// Limits that are not positive do not limit.
inline double tighter(double a, double b) { return a > 0 && b > 0 ? std::min(a, b) : std::max(a, b); }

template <class Op>
bool give_relu(graph& g, graph::id v, double limit) {
    if constexpr (takes_relu<Op>) {
        if (!is<Op>(g, v)) return false;
        auto& a = attributes<Op>(g, v);
        a.relu_limit = a.do_relu ? tighter(a.relu_limit, limit) : limit;
        a.do_relu = true;
        return true;
    }
    return false;
}

inline void fuse_relu(graph& g, graph::id v) {
    ref const from = operand(g, v, 0);
    if (g[from.node].kind != node_kind::operation || g[from.node].results.size() != 1 || !used_once(g, from)) return;
    double const limit = attributes<op::relu>(g, v).relu_limit;
    bool fused = false;
    for_each(all_operations{}, [&]<class Op>(std::type_identity<Op>) { fused = fused || give_relu<Op>(g, from.node, limit); });
    if (!fused) return;
    auto name = g[v].results[0].name;
    g.replace_uses({v, 0}, from);
    g.erase(v);
    g[from].name = std::move(name);
}

} // namespace detail

TPU_CONVERT_INLINE void fuse_relu(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (is<op::relu>(g, v)) detail::fuse_relu(g, v);
    });
}

} // namespace tpu_convert::pass
