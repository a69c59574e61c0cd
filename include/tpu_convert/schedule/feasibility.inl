#pragma once
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/schedule/feasibility.hpp>
#include <tpu_convert/schedule/node_plan.hpp>
#include <tpu_convert/schedule/tiling.hpp>
#include <tpu_convert/schedule/widen_indices.hpp>
#include <variant>

namespace tpu_convert {

namespace detail {

// Throws what deploy would.
template <class Chip>
void require_feasible(graph const& g, graph::id v) {
    auto const plan = plan_of<Chip>(g, v);
    if (auto const* k = std::get_if<kernel_plan<Chip>>(&plan)) (void)tile_search<Chip>(g[v].results[0].name, *k).best();
}

} // namespace detail

template <class Chip>
std::vector<infeasible_node> infeasible_nodes(graph typed) {
    detail::widen_indices(typed);
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
