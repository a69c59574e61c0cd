#pragma once
#include <algorithm>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/schedule/feasibility.hpp>
#include <tpu_convert/schedule/graph_preparation.hpp>
#include <tpu_convert/schedule/node_plan.hpp>
#include <tpu_convert/schedule/tiling.hpp>
#include <tpu_convert/schedule/timed_tiles.hpp>
#include <variant>

namespace tpu_convert {

namespace detail {

// Of what fits the commands' fields without doubt nothing need be encoded.
inline bool has_long_axis(graph const& g, graph::id v) {
    auto const is_long = [](value const& t) {
        return std::any_of(t.dims.begin(), t.dims.end(), [](std::int64_t d) { return d > most_length; });
    };
    auto const operands = g.operands(v);
    return is_long(g[v].results[0]) ||
           std::any_of(operands.begin(), operands.end(), [&](graph::ref r) { return r && is_long(g[r]); });
}

// Throws what deploy would.
template <class Chip>
void require_feasible(graph const& g, graph::id v) {
    auto const plan = plan_of<Chip>(g, v);
    auto const* k = std::get_if<kernel_plan<Chip>>(&plan);
    if (!k) return;
    auto const& name = g[v].results[0].name;
    if (has_long_axis(g, v)) encoded_for(g, v, [&] { return require_tiles(name, *k, search_effort{}); });
    else (void)tile_search<Chip>(name, *k).best();
}

} // namespace detail

template <class Chip>
std::vector<infeasible_node> infeasible_nodes(graph typed) {
    graph_preparation<Chip>::run(typed);
    std::vector<infeasible_node> found;
    for (auto const v : typed.order()) {
        if (typed[v].kind != node_kind::operation) continue;
        try {
            detail::require_feasible<Chip>(typed, v);
        } catch (model_error const& e) {
            std::string reason = e.what();
            std::string const& name = typed[v].results[0].name;
            if (reason.starts_with(name + ": ")) reason.erase(0, name.size() + 2);
            found.push_back({name, std::string(typed[v].op->name), std::move(reason)});
        }
    }
    return found;
}

} // namespace tpu_convert
