#pragma once
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/quantize/float_types.hpp>

namespace tpu_convert {

namespace detail {

inline graph::id add_cast(graph& g, graph::ref from, std::string name, dtype to) {
    value result = g[from];
    result.name = std::move(name);
    result.type = to;
    op::cast::attributes a;
    a.to = std::string(info(to).mlir_name);
    node n;
    n.op = &info_of<op::cast>();
    n.attributes = a;
    n.results = {std::move(result)};
    return g.add(std::move(n), {from});
}

// Readers of the value take the cast's result instead; the cast itself goes on reading the value.
inline void insert_cast_after(graph& g, graph::ref from, std::string name, dtype to) {
    auto const users = g.users(from.node);
    graph::id const cast = add_cast(g, from, std::move(name), to);
    for (auto const& u : users)
        if (u.result == from.result) g.set_operand(u.node, u.operand, {cast, 0});
}

} // namespace detail

TPU_CONVERT_INLINE graph assign_float_types(graph const& top, float_type_options const& options) {
    graph g = top;
    if (options.precision == dtype::f32) return g;
    std::string const suffix = "_" + std::string(info(options.precision).mlir_name);
    auto const order = g.order();
    for (auto v : order)
        for (auto& r : g[v].results)
            if (r.type == dtype::f32 && g[v].kind != node_kind::input) r.type = options.precision;
    for (auto v : order) {
        if (g[v].kind != node_kind::input || g[v].results[0].type != dtype::f32) continue;
        if (options.narrow_inputs) g[v].results[0].type = options.precision;
        else detail::insert_cast_after(g, {v, 0}, g[v].results[0].name + suffix, options.precision);
    }
    if (options.narrow_outputs) return g;
    for (auto& out : g.outputs) {
        if (g[out].type != options.precision) continue;
        std::string const name = g[out].name;
        g[out].name = name + suffix;
        out = {detail::add_cast(g, out, name, dtype::f32), 0};
    }
    return g;
}

} // namespace tpu_convert
