// The model graph: operators and weights joined by named values. Who reads whom is kept by Boost.Graph, which only graph.inl
// includes: it would be half of what a unit compiles.
#pragma once
#include <algorithm>
#include <any>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
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

    graph();
    graph(graph const& other);
    graph(graph&& other); // `other` is empty then
    graph& operator=(graph other);
    ~graph();

    id add(node n, std::vector<ref> const& operands = {});
    node& operator[](id v) { return nodes_[v]; }
    node const& operator[](id v) const { return nodes_[v]; }
    value& operator[](ref r) { return nodes_[r.node].results[r.result]; }
    value const& operator[](ref r) const { return nodes_[r.node].results[r.result]; }
    bool alive(id v) const { return alive_[v]; }
    id size() const { return alive_.size(); } // ids are below it

    // In operand order.
    std::vector<ref> operands(id v) const;
    // Of all results of a node, in the order in which the users were connected.
    std::vector<use> users(id v) const;
    bool is_output(ref r) const { return std::find(outputs.begin(), outputs.end(), r) != outputs.end(); }
    // Readers of a value, the network's outputs counted.
    std::size_t use_count(ref r) const;

    void set_operand(id v, std::size_t i, ref to);
    // All operands at once; the count may change.
    void set_operands(id v, std::vector<ref> const& to);
    void replace_uses(ref from, ref to);
    void erase(id v);
    // Erases what no output depends on; inputs stay.
    void erase_unused();

    // Producers before users; among those that are ready, in the order in which they were added.
    std::vector<id> order() const;
    std::vector<id> inputs() const;
    std::optional<ref> find(std::string_view value_name) const;

private:
    struct wires;

    void swap(graph& other);
    void connect(ref from, id to, std::size_t operand);

    std::vector<node> nodes_;
    std::unique_ptr<wires> wires_; // never null
    std::vector<bool> alive_;
    std::vector<std::size_t> operand_counts_;
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/graph/graph.inl>
#endif
