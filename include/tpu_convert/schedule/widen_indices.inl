#pragma once
#include <string>
#include <tpu_convert/op/gather.hpp>
#include <tpu_convert/pass/rewrite.hpp>
#include <tpu_convert/schedule/never_negative.hpp>
#include <tpu_convert/schedule/widen_indices.hpp>

namespace tpu_convert::detail {

// A new operation of one operand or two before a gather.
template <class Op>
graph::ref before_gather(graph& g, std::string const& name, dtype type, typename Op::attributes a,
                         std::vector<graph::ref> const& from) {
    auto const made = pass::add_operation<Op>(g, name, g[from[0]].dims, std::move(a), from);
    g[made].type = type;
    return made;
}

TPU_CONVERT_INLINE graph::ref converted(graph& g, graph::ref from, std::string const& name, dtype to) {
    op::cast::attributes a;
    a.to = std::string(info(to).mlir_name);
    return before_gather<op::cast>(g, name, to, a, {from});
}

TPU_CONVERT_INLINE graph::ref counted_from_front(graph& g, graph::ref index, std::string const& name, std::int64_t size,
                                                 dtype t) {
    if (g[index].type != t) index = converted(g, index, name + "_real", t);
    auto const below = before_gather<op::compare_const>(g, name + "_below", t, {.mode = compare_mode::less}, {index});
    auto const more = before_gather<op::mul_const>(g, name + "_more", t, {.const_val = static_cast<double>(size)}, {below});
    return before_gather<op::add>(g, name + "_front", t, {}, {index, more});
}

TPU_CONVERT_INLINE void widen_indices(graph& g) {
    for (auto const v : g.order()) {
        if (g[v].op != &info_of<op::gather>()) continue;
        auto index = g.operands(v)[1];
        dtype const t = g[index].type;
        bool const inexact = is_float(t) && t != dtype::f32;
        if (g[index.node].kind == node_kind::weight || inexact) continue;
        std::string const name = g[v].results[0].name + "_index";
        auto const& table = g[g.operands(v)[0]].dims;
        auto const axis = normal_axis(std::any_cast<op::gather::attributes const&>(g[v].attributes).axis, table.size());
        if (!never_negative(g)(index)) index = counted_from_front(g, index, name, table[static_cast<std::size_t>(axis)]);
        if (is_float(g[index].type) || bytes_of(g[index].type) < 4) index = converted(g, index, name, dtype::i32);
        g.set_operand(v, 1, index);
    }
}

} // namespace tpu_convert::detail
