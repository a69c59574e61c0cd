#pragma once
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/integer/quantize.hpp>
#include <tpu_convert/op/integer/requantize.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/schedule/step_order.hpp>

namespace tpu_convert {

namespace detail {

inline bool changes_format(node const& n) {
    return n.kind == node_kind::operation && (n.op == &info_of<op::cast>() || n.op == &info_of<op::quantize>() ||
                                              n.op == &info_of<op::dequantize>() || n.op == &info_of<op::requantize>());
}

} // namespace detail

TPU_CONVERT_INLINE std::vector<graph::id> step_order(graph const& g, bool early_conversions) {
    if (!early_conversions) return g.order();
    std::vector<graph::id> order;
    std::vector<bool> placed(g.size(), false);
    for (auto const v : g.order()) {
        if (placed[v]) continue;
        order.push_back(v);
        placed[v] = true;
        if (g[v].kind != node_kind::operation) continue;
        for (std::size_t at = order.size() - 1; at < order.size(); ++at)
            for (auto const& u : g.users(order[at]))
                if (detail::changes_format(g[u.node]) && !placed[u.node]) order.push_back(u.node), placed[u.node] = true;
    }
    return order;
}

} // namespace tpu_convert
