// The only header that includes Boost.Graph.
#pragma once
#include <boost/graph/adjacency_list.hpp>
#include <functional>
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert {

namespace detail {

struct wire {
    std::size_t operand = 0, result = 0; // operand of the target, result of the source
};
using wire_list = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property, wire>;

} // namespace detail

struct graph::wires {
    detail::wire_list list;
};

TPU_CONVERT_INLINE graph::graph() : wires_(std::make_unique<wires>()) {}
TPU_CONVERT_INLINE graph::graph(graph const& other)
    : name(other.name), platform(other.platform), outputs(other.outputs), nodes_(other.nodes_),
      wires_(std::make_unique<wires>(*other.wires_)), alive_(other.alive_), operand_counts_(other.operand_counts_) {}
TPU_CONVERT_INLINE graph::graph(graph&& other) : graph() { swap(other); }
TPU_CONVERT_INLINE graph& graph::operator=(graph other) {
    swap(other);
    return *this;
}
TPU_CONVERT_INLINE graph::~graph() = default;

TPU_CONVERT_INLINE void graph::swap(graph& other) {
    name.swap(other.name), platform.swap(other.platform), outputs.swap(other.outputs);
    nodes_.swap(other.nodes_), wires_.swap(other.wires_);
    alive_.swap(other.alive_), operand_counts_.swap(other.operand_counts_);
}

TPU_CONVERT_INLINE graph::id graph::add(node n, std::vector<ref> const& operands) {
    id const v = boost::add_vertex(wires_->list);
    nodes_.push_back(std::move(n));
    alive_.push_back(true);
    operand_counts_.push_back(operands.size());
    for (std::size_t i = 0; i < operands.size(); ++i) connect(operands[i], v, i);
    return v;
}

TPU_CONVERT_INLINE std::vector<graph::ref> graph::operands(id v) const {
    auto const& list = wires_->list;
    std::vector<ref> refs(operand_counts_[v]);
    for (auto [it, end] = boost::in_edges(v, list); it != end; ++it)
        refs[list[*it].operand] = {boost::source(*it, list), list[*it].result};
    return refs;
}

TPU_CONVERT_INLINE std::vector<graph::use> graph::users(id v) const {
    auto const& list = wires_->list;
    std::vector<use> found;
    for (auto [it, end] = boost::out_edges(v, list); it != end; ++it)
        found.push_back({boost::target(*it, list), list[*it].operand, list[*it].result});
    return found;
}

TPU_CONVERT_INLINE std::size_t graph::use_count(ref r) const {
    std::size_t n = static_cast<std::size_t>(std::count(outputs.begin(), outputs.end(), r));
    for (auto const& u : users(r.node)) n += u.result == r.result;
    return n;
}

TPU_CONVERT_INLINE void graph::connect(ref from, id to, std::size_t operand) {
    if (from) boost::add_edge(from.node, to, detail::wire{operand, from.result}, wires_->list);
}

TPU_CONVERT_INLINE void graph::set_operand(id v, std::size_t i, ref to) {
    auto& list = wires_->list;
    boost::remove_in_edge_if(v, [&](auto e) { return list[e].operand == i; }, list);
    if (i >= operand_counts_[v]) operand_counts_[v] = i + 1;
    connect(to, v, i);
}

TPU_CONVERT_INLINE void graph::set_operands(id v, std::vector<ref> const& to) {
    boost::clear_in_edges(v, wires_->list);
    operand_counts_[v] = to.size();
    for (std::size_t i = 0; i < to.size(); ++i) connect(to[i], v, i);
}

TPU_CONVERT_INLINE void graph::replace_uses(ref from, ref to) {
    for (auto const& u : users(from.node))
        if (u.result == from.result) set_operand(u.node, u.operand, to);
    std::replace(outputs.begin(), outputs.end(), from, to);
}

TPU_CONVERT_INLINE void graph::erase(id v) {
    boost::clear_vertex(v, wires_->list);
    nodes_[v] = node{};
    alive_[v] = false;
}

TPU_CONVERT_INLINE void graph::erase_unused() {
    std::vector<bool> used(alive_.size(), false);
    std::vector<id> todo;
    for (auto const& o : outputs) todo.push_back(o.node);
    while (!todo.empty()) {
        id const v = todo.back();
        todo.pop_back();
        if (used[v]) continue;
        used[v] = true;
        for (auto const& o : operands(v))
            if (o) todo.push_back(o.node);
    }
    for (id v = 0; v < used.size(); ++v)
        if (alive_[v] && !used[v] && nodes_[v].kind != node_kind::input) erase(v);
}

// Kahn's algorithm with a smallest-id-first queue: deterministic, O((V + E) log V).
TPU_CONVERT_INLINE std::vector<graph::id> graph::order() const {
    auto const& list = wires_->list;
    std::vector<std::size_t> waits(alive_.size(), 0);
    std::vector<id> ready, sorted;
    for (id v = 0; v < alive_.size(); ++v) {
        if (!alive_[v]) continue;
        waits[v] = boost::in_degree(v, list);
        if (waits[v] == 0) ready.push_back(v);
    }
    std::make_heap(ready.begin(), ready.end(), std::greater<>{});
    while (!ready.empty()) {
        std::pop_heap(ready.begin(), ready.end(), std::greater<>{});
        id const v = ready.back();
        ready.pop_back();
        sorted.push_back(v);
        for (auto [it, end] = boost::out_edges(v, list); it != end; ++it) {
            id const u = boost::target(*it, list);
            if (--waits[u]) continue;
            ready.push_back(u);
            std::push_heap(ready.begin(), ready.end(), std::greater<>{});
        }
    }
    return sorted;
}

TPU_CONVERT_INLINE std::vector<graph::id> graph::inputs() const {
    std::vector<id> found;
    for (id v = 0; v < alive_.size(); ++v)
        if (alive_[v] && nodes_[v].kind == node_kind::input) found.push_back(v);
    return found;
}

TPU_CONVERT_INLINE std::optional<graph::ref> graph::find(std::string_view value_name) const {
    for (id v = 0; v < alive_.size(); ++v)
        for (std::size_t r = 0; alive_[v] && r < nodes_[v].results.size(); ++r)
            if (nodes_[v].results[r].name == value_name) return ref{v, r};
    return std::nullopt;
}

} // namespace tpu_convert
