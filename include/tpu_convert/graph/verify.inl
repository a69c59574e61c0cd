// The invariants of a graph.
#pragma once
#include <set>
#include <string_view>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/verify.hpp>
#include <tpu_convert/op/reference.hpp>

namespace tpu_convert {

namespace detail {

[[noreturn]] inline void broken(graph const& g, graph::id v, std::string const& why) {
    throw model_error{error_code::internal, g[v].results.empty() ? "node " + std::to_string(v) : g[v].results[0].name, why};
}

inline void verify_operands(graph const& g, graph::id v) {
    auto const operands = g.operands(v);
    if (g[v].kind != node_kind::operation) {
        if (!operands.empty()) broken(g, v, "an input or a weight has operands");
        return;
    }
    if (!g[v].op) broken(g, v, "the node has no operator");
    auto const& needs = g[v].op->operands;
    if (operands.size() > needs.most) broken(g, v, "the operator has too many operands");
    for (std::size_t i = 0; i < needs.required; ++i)
        if (i >= operands.size() || !operands[i]) broken(g, v, "operand " + std::to_string(i) + " is missing");
    for (auto const& r : operands)
        if (r && (!g.alive(r.node) || r.result >= g[r.node].results.size())) broken(g, v, "an operand does not exist");
}

} // namespace detail

TPU_CONVERT_INLINE void verify(graph const& g) {
    std::set<std::string_view> names;
    std::size_t alive = 0;
    for (graph::id v = 0; v < g.size(); ++v) {
        if (!g.alive(v)) continue;
        ++alive;
        auto const& n = g[v];
        if (n.results.empty()) detail::broken(g, v, "the node has no result");
        for (auto const& r : n.results) {
            if (r.name.empty() || !names.insert(r.name).second)
                detail::broken(g, v, "the name '" + r.name + "' is empty or used twice");
            for (auto const d : r.dims)
                if (d < 0) detail::broken(g, v, "the shape " + to_string(r.dims) + " is not static");
        }
        if (n.kind == node_kind::weight && (!n.payload || n.payload->size() != element_count(n.results[0].dims)))
            detail::broken(g, v, "the weight has not as many elements as its shape " + to_string(n.results[0].dims) + " says");
        detail::verify_operands(g, v);
    }
    for (auto const& r : g.outputs)
        if (!r || !g.alive(r.node) || r.result >= g[r.node].results.size())
            throw model_error{error_code::internal, g.name, "an output does not exist"};
    if (g.order().size() != alive) throw model_error{error_code::internal, g.name, "the graph has a cycle"};
}

} // namespace tpu_convert
