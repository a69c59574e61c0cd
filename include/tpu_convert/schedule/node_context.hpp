// What a lowering is told about a node of a typed graph.
#pragma once
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/lower/kernel_plan.hpp>

namespace tpu_convert::detail {

inline lowering_context node_context(graph const& g, graph::id v) {
    lowering_context c{g[v].results[0].name, g[v].attributes, {}, {}, {}};
    for (auto const& o : g.operands(v)) {
        c.operands.push_back(o ? &g[o] : nullptr);
        c.payloads.push_back(o && g[o.node].kind == node_kind::weight ? g[o.node].payload.get() : nullptr);
    }
    for (auto const& r : g[v].results) c.results.push_back(&r);
    return c;
}

} // namespace tpu_convert::detail
