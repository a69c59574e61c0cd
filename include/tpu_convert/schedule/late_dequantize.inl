#pragma once
#include <optional>
#include <string>
#include <tpu_convert/lower/movement/strided_copy.hpp>
#include <tpu_convert/op/integer/quantize.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/schedule/late_dequantize.hpp>

namespace tpu_convert::detail {

// The one node that reads a node's only result, if it is such an operator and nobody else sees the result.
inline std::optional<graph::id> only_reader(graph const& g, graph::id v) {
    if (g[v].results.size() != 1 || g.use_count({v, 0}) != 1 || g.is_output({v, 0})) return std::nullopt;
    return g.users(v)[0].node;
}

// n, c, w of a Permute's operand, if it swaps c and w and does nothing else.
inline std::optional<shape> swapped_axes(graph const& g, graph::id v) {
    auto const& a = std::any_cast<op::permute::attributes const&>(g[v].attributes);
    shape const &in = g[g.operands(v)[0]].dims, &out = g[v].results[0].dims, steps = dense_strides(in);
    movement::strided_copy one{out, {shape(out.size()), 0}, {dense_strides(out), 0}};
    for (std::size_t i = 0; i < out.size(); ++i) one.from.strides[i] = steps[static_cast<std::size_t>(a.order[i])];
    movement::detail::merge_axes(one);
    if (one.dims.size() == 2) {
        one.dims.insert(one.dims.begin(), 1);
        one.from.strides.insert(one.from.strides.begin(), element_count(out));
    }
    if (one.dims.size() != 3 || one.from.strides[1] != 1 || one.from.strides[2] != one.dims[1]) return std::nullopt;
    return shape{one.dims[0], one.dims[2], one.dims[1]};
}

inline graph::ref add_moved(graph& g, graph::ref from, operation_info const& op, std::any attributes, value v) {
    node n;
    n.op = &op, n.attributes = std::move(attributes), n.results = {std::move(v)};
    return {g.add(std::move(n), {from}), 0};
}

// Elementwise operators of one operand take the shape before a Reshape, which comes after them: they can share tiles with what
// made it.
inline void reshape_late(graph& g, graph::id reshape) {
    for (;;) {
        auto const next = only_reader(g, reshape);
        if (!next || g[*next].op->family != unary_family::name || g.operands(*next).size() != 1 || g[*next].results.size() != 1)
            return;
        node &first = g[reshape], &second = g[*next];
        if (second.results[0].dims != first.results[0].dims) return;
        graph::ref const from = g.operands(reshape)[0];
        // The two change their work: the names stay with the values that users see.
        value made = second.results[0];
        made.dims = g[from].dims, made.name += "_real";
        std::swap(first.op, second.op), std::swap(first.attributes, second.attributes);
        first.results[0] = std::move(made);
        reshape = *next;
    }
}

inline void turn_before(graph& g, graph::id dequantize, graph::id turn, shape const& ncw) {
    graph::ref const x = g.operands(dequantize)[0];
    value v = g[x];
    std::string const name = g[turn].results[0].name;
    v.name = name + "_from", v.dims = ncw;
    graph::ref const planes = add_moved(g, x, info_of<op::reshape>(), op::reshape::attributes{ncw}, v);
    v.name = name + "_turned", v.dims = {ncw[0], ncw[2], ncw[1]};
    graph::ref const turned = add_moved(g, planes, info_of<op::permute>(), op::permute::attributes{{0, 2, 1}}, v);
    value real = g[turn].results[0];
    real.name = name + "_real", real.dims = v.dims;
    graph::ref const made = add_moved(g, turned, *g[dequantize].op, g[dequantize].attributes, real);
    g[turn].op = &info_of<op::reshape>();
    g[turn].attributes = op::reshape::attributes{g[turn].results[0].dims};
    g.set_operand(turn, 0, made);
    reshape_late(g, turn);
}

TPU_CONVERT_INLINE void dequantize_late(graph& g) {
    constexpr std::int64_t least_elements = 65536; // below, one more transfer costs more than bytes do
    for (auto const v : g.order()) {
        if (g[v].op != &info_of<op::dequantize>() || element_count(g[v].results[0].dims) < least_elements) continue;
        auto next = only_reader(g, v);
        while (next && g[*next].op == &info_of<op::reshape>()) next = only_reader(g, *next);
        if (!next || g[*next].op != &info_of<op::permute>()) continue;
        if (auto const ncw = swapped_axes(g, *next)) turn_before(g, v, *next, *ncw);
    }
    g.erase_unused();
}

} // namespace tpu_convert::detail
