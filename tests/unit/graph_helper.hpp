// Small networks, node by node.
#pragma once
#include "op_helper.hpp"
#include <tpu_convert/graph/graph.hpp>

namespace op_test {

inline graph::id add_input(graph& g, std::string name, shape dims) {
    node n;
    n.kind = node_kind::input;
    n.results.resize(1);
    n.results[0].name = std::move(name), n.results[0].dims = std::move(dims);
    return g.add(std::move(n));
}
inline graph::id add_weight(graph& g, std::string name, tensor t) {
    auto const v = add_input(g, std::move(name), t.shape());
    g[v].kind = node_kind::weight;
    g[v].payload = std::make_shared<tensor const>(std::move(t));
    return v;
}
template <class Op>
graph::id add(graph& g, std::string name, typename Op::attributes a, std::vector<graph::ref> const& operands) {
    node n;
    n.op = &info_of<Op>();
    n.attributes = std::move(a);
    n.results.resize(1);
    n.results[0].name = std::move(name);
    return g.add(std::move(n), operands);
}

} // namespace op_test
