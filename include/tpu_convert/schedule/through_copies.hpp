// A copy of a copy reads what the first one read.
#pragma once
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <tpu_convert/schedule/group.hpp>
#include <variant>
#include <vector>

namespace tpu_convert::detail {

// The only copy of a step that fills its result with it, in order and whole.
inline global_copy const* whole_result(graph const& g, graph::id v, copy_plan const& p) {
    if (p.copies.size() != 1 || g[v].results.size() != 1) return nullptr;
    auto const& one = p.copies[0];
    bool const whole =
        one.operand && !one.from_result && one.to.offset == 0 && volume(one.to.dims) == element_count(g[v].results[0].dims);
    return whole && same_view(one.to, view::dense(one.to.dims)) ? &one : nullptr;
}

// Steps: {node, plan, rewired}, producers first. Those that nobody reads any more vanish.
template <class Step>
void read_through_copies(graph& g, std::vector<Step>& steps) {
    std::vector<copy_plan*> plan(g.size(), nullptr);
    for (auto& s : steps) {
        auto* const p = std::get_if<copy_plan>(&s.plan);
        plan[s.node] = p;
        for (std::size_t i = 0; p && i < p->copies.size(); ++i) {
            auto& one = p->copies[i];
            if (!one.operand || one.from_result) continue;
            graph::ref const r = g.operands(s.node)[*one.operand];
            if (g.use_count(r) != 1 || g.is_output(r) || g[r.node].kind != node_kind::operation || !plan[r.node]) continue;
            auto const* first = whole_result(g, r.node, *plan[r.node]);
            if (!first || !same_view(one.from, first->to)) continue;
            one.from = first->from;
            g.set_operand(s.node, *one.operand, g.operands(r.node)[*first->operand]);
            plan[r.node]->copies.clear();
            s.rewired = true;
        }
    }
    std::erase_if(steps, [&](Step const& s) {
        auto const* const p = std::get_if<copy_plan>(&s.plan);
        bool const unread = p && p->copies.empty() && g.use_count({s.node, 0}) == 0;
        if (unread) g.erase(s.node); // it reads nothing either
        return unread;
    });
}

} // namespace tpu_convert::detail
