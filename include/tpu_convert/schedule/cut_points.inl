#pragma once
#include <algorithm>
#include <tpu_convert/schedule/feasibility.hpp>

namespace tpu_convert {

TPU_CONVERT_INLINE std::vector<std::string> cut_points(graph const& top, std::vector<infeasible_node> const& nodes) {
    std::vector<bool> lost(top.size(), false);
    std::vector<std::string> cuts;
    auto const add = [&](graph::ref r) {
        bool const computed = r && !lost[r.node] && top[r.node].kind == node_kind::operation;
        if (computed && std::find(cuts.begin(), cuts.end(), top[r].name) == cuts.end()) cuts.push_back(top[r].name);
    };
    for (auto const v : top.order()) {
        auto const named = [&](infeasible_node const& bad) {
            return std::any_of(top[v].results.begin(), top[v].results.end(), [&](value const& r) { return r.name == bad.name; });
        };
        lost[v] = std::any_of(nodes.begin(), nodes.end(), named);
        for (auto const& o : top.operands(v)) lost[v] = lost[v] || (o && lost[o.node]);
        for (auto const& o : top.operands(v))
            if (lost[v]) add(o);
    }
    for (auto const& o : top.outputs) add(o);
    return cuts;
}

} // namespace tpu_convert
