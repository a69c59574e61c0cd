// What an importer function of one ONNX operator works with: the node's operands and attributes, and the graph to add to.
#pragma once
#include <any>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/import/constant.hpp>
#include <tpu_convert/import/onnx_model.hpp>
#include <tpu_convert/import/unsupported_nodes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <utility>
#include <vector>

namespace tpu_convert {
class graph;
struct operation_info;
}

namespace tpu_convert::onnx_import {

// graph::ref, without the graph's header.
struct graph_place {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t node = none, result = 0;
    explicit operator bool() const { return node != none; }
};

// A tensor while the network is imported: values that are known, or a result of a node. Neither: an operand that is not given.
struct operand {
    std::string name;
    shape dims;
    dtype type = dtype::f32; // as ONNX types it
    graph_place source;
    constant_ptr value;
    bool four_bits = false; // `type` holds numbers of 4 bits; constants know it themselves

    bool is_four_bits() const { return four_bits || (value && value->nibbles); }
    bool given() const { return value || source; }
};

using attribute_list = std::map<std::string, node_attribute, std::less<>>;

// Thrown by an importer function; the node's name and operator are added where it is caught.
struct unsupported {
    std::string reason;
};

class context {
public:
    context(graph& g, std::int64_t opset) : graph_(g), opset_(opset) {}

    std::int64_t opset() const { return opset_; }
    model_node const& node() const { return *node_; }

    // The current node's operands.
    std::size_t count() const { return in_.size(); }
    bool has(std::size_t i) const { return i < in_.size() && in_[i].given(); }
    operand const& in(std::size_t i) const;
    operand optional_in(std::size_t i) const { return has(i) ? in_[i] : operand{}; }
    std::vector<operand> const& all_in() const { return in_; }
    // Values of an operand that must be known; `role` is what ONNX calls it.
    std::vector<std::int64_t> known_integers(std::size_t i, std::string_view role) const;
    std::vector<double> known_reals(std::size_t i, std::string_view role) const;
    // One number.
    std::int64_t known_integer(std::size_t i, std::string_view role) const;
    double known_real(std::size_t i, std::string_view role) const;

    // The current node's attributes.
    bool has(std::string_view attribute) const { return node_->attributes.contains(attribute); }
    std::int64_t integer(std::string_view attribute, std::optional<std::int64_t> otherwise = {}) const;
    double real(std::string_view attribute, std::optional<double> otherwise = {}) const;
    std::string text(std::string_view attribute, std::string_view otherwise) const;
    std::vector<std::int64_t> integers(std::string_view attribute, std::vector<std::int64_t> otherwise = {}) const;
    template <class T>
    T const* find(std::string_view attribute) const {
        auto const found = node_->attributes.find(attribute);
        return found == node_->attributes.end() ? nullptr : std::get_if<T>(&found->second);
    }
    // Attribute up to the given operator set, operand from it on: axes, pads, split...
    std::optional<std::vector<std::int64_t>> integers_or_in(std::string_view name, std::size_t i) const;

    // Adds an operator, or computes it at once if all operands are known. The result has the first operand's type if none is
    // said.
    template <operation Op>
    operand emit(typename Op::attributes attributes, std::vector<operand> const& operands, std::optional<dtype> type = {}) {
        return emit(Op::name, std::any{std::move(attributes)}, operands, {}, type)[0];
    }
    std::vector<operand> emit(std::string_view op, std::any attributes, std::vector<operand> const& operands,
                              std::vector<dtype> const& types, std::optional<dtype> type = {});

    static operand known(constant_ptr value) {
        operand made;
        made.dims = value->dims;
        made.type = value->type;
        made.value = std::move(value);
        return made;
    }
    static operand known_vector(std::vector<std::int64_t> values) {
        auto const n = static_cast<std::int64_t>(values.size());
        return known(make_integers(std::move(values), {n}));
    }
    operand known_scalar(double v) const;

    // What another ONNX operator, of the newest operator set, makes of these operands.
    std::vector<operand> call(std::string_view op, std::vector<operand> in, attribute_list attributes = {},
                              std::size_t outputs = 1);

    // Runs the nodes of a branch of the current node; its outputs become the results.
    std::vector<operand> run_branch(network const& branch);

    // For the driver.
    void define(std::string const& name, operand value) { tensors_.insert_or_assign(name, std::move(value)); }
    operand const* defined(std::string_view name) const;
    void run(network const& net, std::vector<std::size_t> const& order);
    graph_place place(operand const& o);
    std::string unused_name(std::string wanted);
    // One line for each node that could not be imported.
    std::vector<unsupported_node> const& problems() const { return problems_; }

private:
    void run_node(model_node const& n);
    void import_node(model_node const& n);
    void bind(model_node const& n, std::vector<operand> results, std::size_t first_new);
    std::vector<operand> fold(operation_info const& op, std::any const& attributes, std::vector<operand> const& operands,
                              std::vector<shape> const& dims, std::vector<dtype> const& types);

    graph& graph_;
    std::int64_t opset_;
    model_node const* node_ = nullptr;
    std::vector<operand> in_;
    std::map<std::string, operand, std::less<>> tensors_;
    std::set<std::string, std::less<>> failed_;                     // tensors of nodes that could not be imported
    std::map<std::string, std::string, std::less<>> not_computed_; // outputs that an operator cannot give, and why
    std::set<std::string, std::less<>> names_;
    std::map<constant const*, std::pair<constant_ptr, graph_place>> placed_;
    std::vector<unsupported_node> problems_;
    std::int64_t loaded_ = 0, folded_ = 0; // elements of constants: from the file, computed
    int depth_ = 0;
};

using import_function = std::vector<operand> (*)(context&);
struct importer {
    std::string_view op; // as ONNX names it
    import_function run;
};
// Null if there is none of this name.
import_function find_importer(std::string_view domain, std::string_view op);

// One table for each group of operators; find_importer looks into all.
std::span<importer const> arithmetic_importers();
std::span<importer const> activation_importers();
std::span<importer const> convolution_importers();
std::span<importer const> matrix_importers();
std::span<importer const> normalization_importers();
std::span<importer const> reduction_importers();
std::span<importer const> shape_importers();
std::span<importer const> movement_importers();
std::span<importer const> indexing_importers();
std::span<importer const> resize_importers();
std::span<importer const> recurrent_importers();
std::span<importer const> loss_importers();
std::span<importer const> quantized_importers();
std::span<importer const> function_importers();
std::span<importer const> sampling_importers();
std::span<importer const> contraction_importers();
std::span<importer const> signal_importers();
std::span<importer const> known_value_importers();
std::span<importer const> control_importers();
std::span<importer const> unpooling_importers();
std::span<importer const> patch_importers();
std::span<importer const> bitwise_importers();

} // namespace tpu_convert::onnx_import

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/import/onnx_context.inl>
#endif
