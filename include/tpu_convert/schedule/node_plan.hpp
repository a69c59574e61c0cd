// How one node of a typed graph runs on a chip.
#pragma once
#include <tpu_convert/chip/timing.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/schedule/lane_order.hpp>
#include <tpu_convert/schedule/node_context.hpp>

namespace tpu_convert {

namespace detail {

inline void require_elements(graph const& g, graph::id v) {
    auto const check = [&](value const& t) {
        if (element_count(t.dims) == 0)
            throw model_error{error_code::lowering_missing, g[v].results[0].name,
                              "'" + t.name + "' has the shape " + to_string(t.dims) +
                                  " and no elements, which no chip computes; give --input_shapes without zeros"};
    };
    for (auto const& r : g[v].results) check(r);
    for (auto const o : g.operands(v))
        if (o && g[o.node].kind != node_kind::weight) check(g[o]);
}

inline std::string shapes_of(graph const& g, graph::id v) {
    std::string text;
    for (auto const o : g.operands(v))
        if (o) text += (text.empty() ? "" : ", ") + to_string(g[o].dims);
    return text + " to " + to_string(g[v].results[0].dims);
}

} // namespace detail

// What `run` cannot encode is said of the node.
template <class F>
decltype(auto) encoded_for(graph const& g, graph::id v, F&& run) {
    try {
        return run();
    } catch (model_error const& e) {
        std::string const& name = g[v].results[0].name;
        if (e.code() != error_code::encoding || std::string_view(e.what()).starts_with(name)) throw;
        throw model_error{error_code::encoding, name,
                          std::string(g[v].op->name) + " of " + detail::shapes_of(g, v) + " does not fit the chip's commands (" +
                              e.what() + "); split its longest axis, or cut the network before it with --output_names"};
    }
}

// A node without a kernel is an error. planes: as lowering_context says.
template <class Chip>
lowering_plan<Chip> plan_of(graph const& g, graph::id v, bool planes = false) {
    auto const* entry = find_lowering<Chip>(g[v].op->name);
    if (!entry)
        throw model_error{error_code::lowering_missing, g[v].results[0].name,
                          "no kernel for this operator; cut the network before it"};
    detail::require_elements(g, v);
    auto context = detail::node_context(g, v);
    context.planes = planes;
    auto plan = entry->plan(context);
    if constexpr (timed_chip<Chip>)
        if (auto* k = std::get_if<kernel_plan<Chip>>(&plan)) order_by_lane(*k);
    return plan;
}

} // namespace tpu_convert
