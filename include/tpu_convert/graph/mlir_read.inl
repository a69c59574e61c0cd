// parse_mlir: the parsed operations become a graph; shapes must be those that the operators infer.
#pragma once
#include <algorithm>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/mlir_syntax.hpp>
#include <tpu_convert/graph/mlir_text.hpp>
#include <tpu_convert/op/reference.hpp>
#include <unordered_map>
#include <unordered_set>

namespace tpu_convert {

namespace detail {

// Integer operators are of typed networks: their attributes come from the rules of quantize/ and are not checked.
inline bool is_top_operation(std::string_view name) {
    auto const* found = find_operation(name);
    return found && found->family != integer_family::name;
}

class mlir_graph_builder {
public:
    mlir_graph_builder(mlir_module const& m, std::string_view file) : m_(m), file_(file) {}

    graph build(std::function<weight_source(std::string const&)> const& open_weights) {
        g_.name = m_.name;
        g_.platform = text("module.platform", "ONNX");
        auto const state = text("module.state", "TOP_F32");
        if (!state.starts_with("TOP_"))
            fail(error_code::model_invalid, file_, "the file is of state " + state +
                 "; deploy and run take the .mlir file of transform");
        check_operators();
        weights_ = open_weights(text("module.weight_file", ""));
        for (auto const& op : m_.operations) add(op);
        for (auto const& o : m_.returned) g_.outputs.push_back(find(o));
        if (g_.outputs.empty()) fail(error_code::model_invalid, file_, "the network has no output");
        for (auto const& o : g_.outputs)
            if (!o) fail(error_code::model_invalid, file_, "the network returns a top.None");
        return std::move(g_);
    }

private:
    [[noreturn]] void fail(error_code code, std::string_view subject,
                           std::string const& why) const { throw model_error{code, subject, why}; }

    std::string text(std::string const& key, std::string const& otherwise) const {
        auto const at = m_.attributes.find(key);
        auto const* s = at == m_.attributes.end() ? nullptr : std::get_if<std::string>(&at->second);
        return s ? *s : otherwise;
    }

    void check_operators() const {
        std::string missing;
        std::size_t count = 0;
        for (auto const& op : m_.operations) {
            if (op.name == "top.None" || op.name == "top.Input" || op.name == "top.Weight") continue;
            if (op.name.starts_with("top.") && is_top_operation(op.name.substr(4))) continue;
            auto const names = m_.names(op.location);
            if (++count <= 20) missing += (missing.empty() ? "" : "; ") + (names.empty() ? "?" : names[0]) + " (" + op.name + ")";
        }
        if (count)
            fail(error_code::operator_unsupported, file_,
                 std::to_string(count) + " operations are not supported: " + missing + (count > 20 ? "; ..." : ""));
    }

    graph::ref find(mlir_operand const& o) const {
        auto const at = values_.find(o.name);
        if (at == values_.end()) fail(error_code::file_damaged, file_, "%" + o.name + " is used before it is defined");
        if (at->second == graph::none) return {};
        if (o.result >= g_[at->second].results.size())
            fail(error_code::file_damaged, file_, "%" + o.name + " has no result " + std::to_string(o.result));
        return {at->second, o.result};
    }

    std::vector<value> results(mlir_operation const& op) {
        auto const names = m_.names(op.location);
        if (names.size() != op.types.size())
            fail(error_code::file_damaged, file_, "the location of %" + op.result + " (" + op.name +
                 ") must name each of its results");
        std::vector<value> found;
        for (std::size_t i = 0; i < names.size(); ++i) {
            auto const& t = op.types[i];
            if (!seen_.insert(names[i]).second) fail(error_code::file_damaged, names[i], "two tensors have this name");
            if (t.none) fail(error_code::file_damaged, names[i], "an operation's result cannot be of type none");
            found.push_back({names[i], t.dims, t.element, t.scale, t.zero_point, t.range, t.channel_scales});
        }
        return found;
    }

    void add(mlir_operation const& op) {
        graph::id id = graph::none;
        if (op.name == "top.Input") id = input(op);
        else if (op.name == "top.Weight") id = weight(op);
        else if (op.name != "top.None") id = operation(op);
        if (!values_.emplace(op.result, id).second) fail(error_code::file_damaged, file_, "%" + op.result + " is defined twice");
    }

    graph::id input(mlir_operation const& op) {
        node n;
        n.kind = node_kind::input;
        n.results = results(op);
        if (n.results.size() != 1) fail(error_code::file_damaged, file_, "a top.Input must have one result");
        n.preprocess = op.attributes;
        return g_.add(std::move(n));
    }

    graph::id weight(mlir_operation const& op) {
        node n;
        n.kind = node_kind::weight;
        n.results = results(op);
        if (n.results.size() != 1) fail(error_code::file_damaged, file_, "a top.Weight must have one result");
        auto const& r = n.results[0];
        n.payload = weights_ ? weights_(r.name) : nullptr;
        if (!n.payload) fail(error_code::unknown_tensor, r.name, "the file of weights does not hold this weight");
        if (n.payload->size() != element_count(r.dims))
            fail(error_code::shape_mismatch, r.name,
                 "the weight has shape " + to_string(n.payload->shape()) + " in the file of weights, " + to_string(r.dims) +
                     " in the text");
        if (n.payload->shape() != r.dims) {
            auto copy = std::make_shared<tensor>(*n.payload);
            copy->reshape(r.dims);
            n.payload = std::move(copy);
        }
        return g_.add(std::move(n));
    }

    graph::id operation(mlir_operation const& op) {
        node n;
        n.op = find_operation(op.name.substr(4));
        n.results = results(op);
        auto const& name = n.results.empty() ? op.name : n.results[0].name;
        std::vector<graph::ref> operands;
        std::vector<shape> shapes;
        for (auto const& o : op.operands) {
            operands.push_back(find(o));
            shapes.push_back(operands.back() ? g_[operands.back()].dims : absent_shape());
        }
        if (operands.size() < n.op->operands.required || operands.size() > n.op->operands.most)
            fail(error_code::model_invalid, name, std::string(n.op->name) + " cannot have " + std::to_string(operands.size()) +
                 " operands");
        for (std::size_t i = 0; i < n.op->operands.required; ++i)
            if (!operands[i]) fail(error_code::model_invalid, name, "operand " + std::to_string(i) + " of " +
                                   std::string(n.op->name) + " is missing");
        try {
            n.attributes = n.op->from_map(op.attributes);
            check_shapes(n, n.op->infer(n.attributes, shapes));
        } catch (model_error const& e) {
            std::string const what = e.what();
            fail(e.code(), what.starts_with(name) ? "" : name + " (" + std::string(n.op->name) + ")", what);
        }
        return g_.add(std::move(n), operands);
    }

    void check_shapes(node const& n, std::vector<shape> const& inferred) const {
        if (inferred.size() != n.results.size())
            fail(error_code::model_invalid, "", "the operator has " + std::to_string(inferred.size()) +
                 " results, the text gives it " +
                                                    std::to_string(n.results.size()));
        for (std::size_t i = 0; i < inferred.size(); ++i)
            if (inferred[i] != n.results[i].dims)
                fail(error_code::shape_mismatch, "", "the result's shape is " + to_string(inferred[i]) + ", the text says " +
                                                         to_string(n.results[i].dims));
    }

    mlir_module const& m_;
    std::string file_;
    graph g_;
    weight_source weights_;
    std::unordered_map<std::string, graph::id> values_;
    std::unordered_set<std::string> seen_;
};

} // namespace detail

TPU_CONVERT_INLINE graph parse_mlir(std::string_view text, std::string_view file,
                                    std::function<weight_source(std::string const&)> const& open_weights) {
    auto const module = detail::parse_mlir_module(text, file);
    return detail::mlir_graph_builder(module, file).build(open_weights);
}

} // namespace tpu_convert
