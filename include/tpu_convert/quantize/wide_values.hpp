// Which values of a 16-bit network stay float32: positions, indices with what they are calculated from, what is calculated from
// whole numbers that come in; what follows the last multiplication on the way to an output; and what a depthwise convolution
// reads. They cost little, and lose most by rounding: scores far from 0, sums of few terms that cancel.
#pragma once
#include <algorithm>
#include <set>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/op/arg.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/gather.hpp>
#include <tpu_convert/op/integer/integer_conv.hpp>
#include <tpu_convert/op/integer/integer_mat_mul.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/op/top_k.hpp>
#include <tpu_convert/op/where.hpp>
#include <utility>
#include <vector>

namespace tpu_convert::detail {

using value_set = std::set<std::pair<graph::id, std::size_t>>;

inline bool multiplies(node const& n) {
    return n.kind == node_kind::operation &&
           (n.op->family == convolution_family::name || n.op->family == matrix_family::name ||
            n.op == &info_of<op::integer_conv>() || n.op == &info_of<op::integer_mat_mul>());
}

// Operands 1 (filters, a right matrix) and 2 (the bias, if there is one) are in the file.
inline bool has_constant_weights(graph const& g, graph::id v) {
    auto const operands = g.operands(v);
    auto const constant = [&](graph::ref r) { return r && g[r.node].kind == node_kind::weight; };
    return operands.size() > 1 && constant(operands[1]) && (operands.size() < 3 || !operands[2] || constant(operands[2]));
}

// One filter for each channel.
inline bool is_depthwise(graph const& g, graph::id v) {
    auto const* a = std::any_cast<op::conv::attributes>(&g[v].attributes);
    if (!a || a->group <= 1) return false;
    return a->group == g[g.operands(v)[0]].dims[1] && a->group == g[v].results[0].dims[1];
}

// Nodes that some product leads to.
inline std::vector<bool> follow_product(graph const& g) {
    std::vector<bool> follows;
    for (auto v : g.order()) {
        follows.resize(std::max(follows.size(), v + 1), false);
        follows[v] = multiplies(g[v]);
        for (auto const& o : g.operands(v)) follows[v] = follows[v] || (o && follows[o.node]);
    }
    return follows;
}

// A feature map, not a score: some product reads it too.
inline bool feeds_product(graph const& g, graph::ref r) {
    for (auto const& u : g.users(r.node))
        if (u.result == r.result && multiplies(g[u.node])) return true;
    return false;
}

// From an output back to the products that it is made of.
inline void widen_towards_output(graph const& g, std::vector<bool> const& follows, graph::ref r, value_set& wide) {
    node const& n = g[r.node];
    if (!follows[r.node]) return;
    if (n.kind != node_kind::operation || g[r].type != dtype::f32 || feeds_product(g, r) ||
        !wide.insert({r.node, r.result}).second)
        return;
    if (multiplies(n)) return;
    for (std::size_t i = 0; i < n.results.size(); ++i) wide.insert({r.node, i});
    for (auto const& o : g.operands(r.node))
        if (o) widen_towards_output(g, follows, o, wide);
}

// From a depthwise convolution back to a product, through operators of one operand; nothing if there is no such way.
inline void widen_before(graph const& g, graph::id depthwise, value_set& wide) {
    std::vector<graph::ref> chain;
    for (graph::ref r = g.operands(depthwise)[0];; r = g.operands(r.node)[0]) {
        if (g[r.node].kind != node_kind::operation || g[r].type != dtype::f32) return;
        chain.push_back(r);
        if (multiplies(g[r.node])) break;
        if (g[r.node].op->family != unary_family::name) return;
    }
    for (auto const& r : chain) wide.insert({r.node, r.result});
}

// Positions are whole numbers that a 16-bit float can't hold.
inline bool finds_positions(node const& n, std::size_t result) {
    return (n.op == &info_of<op::arg>() && result == 0) || (n.op == &info_of<op::top_k>() && result == 1);
}
inline std::int64_t axis_of_positions(node const& n) {
    if (auto const* a = std::any_cast<op::arg::attributes>(&n.attributes)) return a->axis;
    return std::any_cast<op::top_k::attributes const&>(n.attributes).axis;
}
inline void widen_positions(graph const& g, graph::id v, value_set& wide) {
    for (std::size_t r = 0; r < g[v].results.size(); ++r)
        if (finds_positions(g[v], r)) wide.insert({v, r});
}

// Of elements, one by one, or their sum: what positions are calculated by.
inline bool calculates_elements(node const& n) {
    return n.kind == node_kind::operation && (n.op->family == unary_family::name || n.op->family == binary_family::name ||
                                              n.op->family == movement_family::name);
}

// A gather, a scatter.
inline bool reads_index(node const& n, std::size_t operand) {
    return n.kind == node_kind::operation && n.op->family == indexing_family::name && operand == 1;
}

// What such an index is calculated from.
inline void widen_index(graph const& g, graph::ref r, value_set& wide) {
    if (!r || !calculates_elements(g[r.node]) || g[r].type != dtype::f32 || !wide.insert({r.node, r.result}).second) return;
    for (auto const& o : g.operands(r.node)) widen_index(g, o, wide);
}

// Whole numbers of more than a byte that come in: what a 16-bit float can't hold.
inline void widen_numbers(graph const& g, value_set& wide) {
    for (auto v : g.inputs())
        if (dtype const t = g[v].results[0].type; !is_float(t) && bytes_of(t) > 1) wide.insert({v, 0});
}

// Calculated from wide values and constants alone. A gather gives rows of its first operand, a Where elements of its others:
// positions that are chosen.
inline bool calculated_from(graph const& g, graph::id v, value_set const& wide) {
    node const& n = g[v];
    if (n.kind != node_kind::operation) return false;
    bool const gathers = n.op == &info_of<op::gather>(), chooses = n.op == &info_of<op::where>();
    if (!gathers && n.op->family != reduction_family::name && !calculates_elements(n)) return false;
    auto const operands = g.operands(v);
    bool some = chooses, all = true;
    for (std::size_t i = chooses; i < (gathers ? 1 : operands.size()); ++i) {
        graph::ref const o = operands[i];
        if (!o || g[o.node].kind == node_kind::weight) continue;
        some = true, all = all && wide.contains({o.node, o.result});
    }
    return some && all;
}

// Indices, positions and whole numbers, and what is calculated from them alone: the distances to neighbours, a mask of what is
// there.
inline value_set index_values(graph const& g) {
    value_set wide;
    widen_numbers(g, wide);
    for (auto v : g.order()) {
        if (g[v].kind != node_kind::operation) continue;
        widen_positions(g, v, wide);
        if (auto const operands = g.operands(v); reads_index(g[v], 1) && operands.size() > 1) widen_index(g, operands[1], wide);
    }
    for (auto v : g.order()) {
        if (!calculated_from(g, v, wide)) continue;
        for (std::size_t i = 0; i < g[v].results.size(); ++i)
            if (g[v].results[i].type == dtype::f32) wide.insert({v, i});
    }
    return wide;
}

inline value_set wide_values(graph const& g, bool wide_outputs) {
    value_set wide = index_values(g);
    auto const follows = follow_product(g);
    for (auto const& o : g.outputs)
        if (wide_outputs) widen_towards_output(g, follows, o, wide);
    for (auto v : g.order()) {
        if (g[v].kind != node_kind::operation) continue;
        if (g[v].op->family == convolution_family::name && is_depthwise(g, v)) widen_before(g, v, wide);
    }
    return wide;
}

} // namespace tpu_convert::detail
