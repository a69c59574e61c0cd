// What rewrites are written with: asking what a value is made by, and turning a node into another operator.
#pragma once
#include <any>
#include <cmath>
#include <optional>
#include <string>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/op/reference.hpp>
#include <utility>
#include <vector>

namespace tpu_convert::pass {

using ref = graph::ref;

template <operation Op>
bool is(graph const& g, graph::id v) {
    return v != graph::none && g.alive(v) && g[v].op == &info_of<Op>();
}
template <operation Op>
bool is(graph const& g, ref r) {
    return is<Op>(g, r.node);
}

template <operation Op>
typename Op::attributes const& attributes(graph const& g, graph::id v) {
    return std::any_cast<typename Op::attributes const&>(g[v].attributes);
}
template <operation Op>
typename Op::attributes& attributes(graph& g, graph::id v) {
    return std::any_cast<typename Op::attributes&>(g[v].attributes);
}

inline ref operand(graph const& g, graph::id v, std::size_t i) {
    auto const all = g.operands(v);
    return i < all.size() ? all[i] : ref{};
}
inline ref operand(graph const& g, ref r, std::size_t i) { return operand(g, r.node, i); }

// The elements of a weight; null for anything else.
inline tensor const* weight(graph const& g, ref r) {
    return r && g[r.node].kind == node_kind::weight ? g[r.node].payload.get() : nullptr;
}
// The value of a weight of one element.
inline std::optional<double> scalar(graph const& g, ref r) {
    auto const* w = weight(g, r);
    return w && w->size() == 1 ? std::optional<double>((*w)[0]) : std::nullopt;
}

inline bool used_once(graph const& g, ref r) { return g.use_count(r) == 1; }

// Equal up to the rounding of a float and of the few digits that exporters print.
inline bool near(double a, double b, double tolerance = 1e-4) { return std::abs(a - b) <= tolerance * std::abs(b); }

inline std::string unused_name(graph const& g, std::string const& wanted) {
    std::string name = wanted;
    for (int i = 1; g.find(name); ++i) name = wanted + "_" + std::to_string(i);
    return name;
}

inline ref add_weight(graph& g, std::string const& name, tensor values) {
    node n;
    n.kind = node_kind::weight;
    value v;
    v.name = unused_name(g, name);
    v.dims = values.shape();
    n.results.push_back(std::move(v));
    n.payload = std::make_shared<tensor const>(std::move(values));
    return {g.add(std::move(n)), 0};
}

template <operation Op>
ref add_operation(graph& g, std::string const& name, shape dims, typename Op::attributes a, std::vector<ref> const& operands) {
    node n;
    n.op = &info_of<Op>();
    n.attributes = std::move(a);
    value v;
    v.name = unused_name(g, name);
    v.dims = std::move(dims);
    n.results.push_back(std::move(v));
    return {g.add(std::move(n), operands), 0};
}

// The node keeps its results, so its users see no difference.
template <operation Op>
void become(graph& g, graph::id v, typename Op::attributes a, std::vector<ref> const& operands) {
    g[v].op = &info_of<Op>();
    g[v].attributes = std::move(a);
    g.set_operands(v, operands);
}

// Users of the node's result read `by` instead. A network's output keeps its name: what makes `by` takes it over, which is
// not possible for inputs, weights and other outputs; then nothing changes.
inline bool bypass(graph& g, graph::id v, ref by) {
    ref const result{v, 0};
    bool const is_output = g.is_output(result);
    if (is_output && (g[by.node].kind != node_kind::operation || g.is_output(by))) return false;
    auto name = g[result].name;
    g.replace_uses(result, by);
    g.erase(v);
    if (is_output) g[by].name = std::move(name);
    return true;
}

// Calls f(v) for each operation that is still there when its turn comes.
template <class F>
void for_each_operation(graph& g, F&& f) {
    for (auto const v : g.order())
        if (g.alive(v) && g[v].kind == node_kind::operation) f(v);
}

} // namespace tpu_convert::pass
