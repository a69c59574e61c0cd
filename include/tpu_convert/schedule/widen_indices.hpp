// Indices that a network has in narrower integers or in float32 become whole numbers of 32 bits: gather commands read nothing
// else.
#pragma once
#include <string>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/gather.hpp>
#include <tpu_convert/op/reference.hpp>

namespace tpu_convert::detail {

inline void widen_indices(graph& g) {
    for (auto const v : g.order()) {
        if (g[v].op != &info_of<op::gather>()) continue;
        auto const index = g.operands(v)[1];
        dtype const t = g[index].type;
        bool const readable = !is_float(t) && bytes_of(t) >= 4, inexact = is_float(t) && t != dtype::f32;
        if (g[index.node].kind == node_kind::weight || readable || inexact) continue;
        value wide = g[index];
        wide.name = g[v].results[0].name + "_index";
        wide.type = dtype::i32;
        op::cast::attributes a;
        a.to = std::string(info(dtype::i32).mlir_name);
        node n;
        n.op = &info_of<op::cast>();
        n.attributes = a;
        n.results = {std::move(wide)};
        g.set_operand(v, 1, {g.add(std::move(n), {index}), 0});
    }
}

} // namespace tpu_convert::detail
