// The model graph: operators and weights joined by named values. The only header that includes Boost.Graph.
#pragma once
#include <algorithm>
#include <any>
#include <boost/graph/adjacency_list.hpp>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/attributes.hpp>
#include <utility>
#include <vector>

namespace tpu_convert {

struct operation_info;

// A tensor between nodes; its name is the key in every file and report.
struct value {
    std::string name;
    shape dims;
    dtype type = dtype::f32;
    double scale = 0;            // of a quantized value: real = (stored - zero_point) * scale; 0 if it is not quantized
    std::int64_t zero_point = 0;
    std::optional<std::pair<double, double>> range; // calibrated minimum and maximum
    // One for each channel, the numbers along axis 1; scale is the largest of them. Empty: all channels have the scale.
    std::vector<double> channel_scales{};
};

enum class node_kind : std::uint8_t { operation, input, weight };

struct node {
    node_kind kind = node_kind::operation;
    operation_info const* op = nullptr;      // of an operation
    std::any attributes;                     // the op's attributes struct
    std::vector<value> results;
    std::shared_ptr<tensor const> payload;   // of a weight; elements as float, whatever results[0].type says
    attribute_map preprocess;                // of an input: how images become this tensor (top.Input's attributes)
};

class graph {
    struct wire {
        std::size_t operand = 0, result = 0; // operand of the target, result of the source
    };
    using store = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, node, wire>;

public:
    using id = std::size_t;
    static constexpr id none = std::numeric_limits<id>::max();

    // A result of a node; none for an optional operand that is not given.
    struct ref {
        id node = none;
        std::size_t result = 0;
        bool operator==(ref const&) const = default;
        explicit operator bool() const { return node != none; }
    };
    struct use {
        id node;
        std::size_t operand, result;
    };

    std::string name;
    std::string platform = "ONNX";
    std::vector<ref> outputs; // in the network's order

    id add(node n, std::vector<ref> const& operands = {}) {
        id const v = boost::add_vertex(std::move(n), store_);
        alive_.push_back(true);
        operand_counts_.push_back(operands.size());
        for (std::size_t i = 0; i < operands.size(); ++i) connect(operands[i], v, i);
        return v;
    }
    node& operator[](id v) { return store_[v]; }
    node const& operator[](id v) const { return store_[v]; }
    value& operator[](ref r) { return store_[r.node].results[r.result]; }
    value const& operator[](ref r) const { return store_[r.node].results[r.result]; }
    bool alive(id v) const { return alive_[v]; }
    id size() const { return alive_.size(); } // ids are below it

    // In operand order.
    std::vector<ref> operands(id v) const {
        std::vector<ref> refs(operand_counts_[v]);
        for (auto [it, end] = boost::in_edges(v, store_); it != end; ++it)
            refs[store_[*it].operand] = {boost::source(*it, store_), store_[*it].result};
        return refs;
    }
    // Of all results of a node, in the order in which the users were connected.
    std::vector<use> users(id v) const {
        std::vector<use> found;
        for (auto [it, end] = boost::out_edges(v, store_); it != end; ++it)
            found.push_back({boost::target(*it, store_), store_[*it].operand, store_[*it].result});
        return found;
    }
    bool is_output(ref r) const { return std::find(outputs.begin(), outputs.end(), r) != outputs.end(); }
    // Readers of a value, the network's outputs counted.
    std::size_t use_count(ref r) const {
        std::size_t n = static_cast<std::size_t>(std::count(outputs.begin(), outputs.end(), r));
        for (auto const& u : users(r.node)) n += u.result == r.result;
        return n;
    }

    void set_operand(id v, std::size_t i, ref to) {
        boost::remove_in_edge_if(v, [&](auto e) { return store_[e].operand == i; }, store_);
        if (i >= operand_counts_[v]) operand_counts_[v] = i + 1;
        connect(to, v, i);
    }
    // All operands at once; the count may change.
    void set_operands(id v, std::vector<ref> const& to) {
        boost::clear_in_edges(v, store_);
        operand_counts_[v] = to.size();
        for (std::size_t i = 0; i < to.size(); ++i) connect(to[i], v, i);
    }
    void replace_uses(ref from, ref to) {
        for (auto const& u : users(from.node))
            if (u.result == from.result) set_operand(u.node, u.operand, to);
        std::replace(outputs.begin(), outputs.end(), from, to);
    }
    void erase(id v) {
        boost::clear_vertex(v, store_);
        store_[v] = node{};
        alive_[v] = false;
    }
    // Erases what no output depends on; inputs stay.
    void erase_unused() {
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
            if (alive_[v] && !used[v] && store_[v].kind != node_kind::input) erase(v);
    }

    // Producers before users; among those that are ready, in the order in which they were added.
    std::vector<id> order() const;
    std::vector<id> inputs() const {
        std::vector<id> found;
        for (id v = 0; v < alive_.size(); ++v)
            if (alive_[v] && store_[v].kind == node_kind::input) found.push_back(v);
        return found;
    }
    std::optional<ref> find(std::string_view value_name) const {
        for (id v = 0; v < alive_.size(); ++v)
            for (std::size_t r = 0; alive_[v] && r < store_[v].results.size(); ++r)
                if (store_[v].results[r].name == value_name) return ref{v, r};
        return std::nullopt;
    }

private:
    void connect(ref from, id to, std::size_t operand) {
        if (from) boost::add_edge(from.node, to, wire{operand, from.result}, store_);
    }

    store store_;
    std::vector<bool> alive_;
    std::vector<std::size_t> operand_counts_;
};

// Kahn's algorithm with a smallest-id-first queue: deterministic, O((V + E) log V).
inline std::vector<graph::id> graph::order() const {
    std::vector<std::size_t> waits(alive_.size(), 0);
    std::vector<id> ready, sorted;
    for (id v = 0; v < alive_.size(); ++v) {
        if (!alive_[v]) continue;
        waits[v] = boost::in_degree(v, store_);
        if (waits[v] == 0) ready.push_back(v);
    }
    std::make_heap(ready.begin(), ready.end(), std::greater<>{});
    while (!ready.empty()) {
        std::pop_heap(ready.begin(), ready.end(), std::greater<>{});
        id const v = ready.back();
        ready.pop_back();
        sorted.push_back(v);
        for (auto [it, end] = boost::out_edges(v, store_); it != end; ++it) {
            id const u = boost::target(*it, store_);
            if (--waits[u]) continue;
            ready.push_back(u);
            std::push_heap(ready.begin(), ready.end(), std::greater<>{});
        }
    }
    return sorted;
}

} // namespace tpu_convert
