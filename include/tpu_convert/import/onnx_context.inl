// Operands, attributes, emission with folding, and the walk over a network's nodes.
#pragma once
#include <algorithm>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/op/reference.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

inline constexpr std::int64_t most_elements = std::int64_t{1} << 33; // of a tensor of the network
inline constexpr std::int64_t most_folded = std::int64_t{1} << 24;   // of a folded tensor larger than what it is made of
inline constexpr std::int64_t most_folded_in_all = std::int64_t{1} << 26;
inline constexpr std::int64_t most_work = std::int64_t{1} << 28;     // of a folded convolution or product
inline constexpr int deepest_branch = 16;

// Convolutions, products and pools may need as many steps as there are pairs of a result and an operand element.
inline bool is_too_much_work(operation_info const& op, std::vector<operand> const& operands, std::vector<shape> const& dims) {
    bool const quadratic = op.family == convolution_family::name || op.family == matrix_family::name ||
                           op.family == pool_family::name || op.family == normalization_family::name;
    std::int64_t most = 1;
    for (auto const& o : operands)
        if (o.given()) most = std::max(most, element_count(o.dims));
    return quadratic && !bounded_count({element_count(dims[0]), most}, most_work);
}

} // namespace detail

TPU_CONVERT_INLINE operand const& context::in(std::size_t i) const {
    if (!has(i)) throw unsupported{"operand " + std::to_string(i) + " is missing"};
    return in_[i];
}

TPU_CONVERT_INLINE std::vector<std::int64_t> context::known_integers(std::size_t i, std::string_view role) const {
    if (!in(i).value) throw unsupported{"'" + std::string(role) + "' is computed at run time; it must be constant"};
    return integers_of(*in_[i].value);
}

TPU_CONVERT_INLINE std::vector<double> context::known_reals(std::size_t i, std::string_view role) const {
    if (!in(i).value) throw unsupported{"'" + std::string(role) + "' is computed at run time; it must be constant"};
    return doubles_of(*in_[i].value);
}

TPU_CONVERT_INLINE std::int64_t context::known_integer(std::size_t i, std::string_view role) const {
    auto const v = known_integers(i, role);
    if (v.size() != 1) throw unsupported{"'" + std::string(role) + "' has " + std::to_string(v.size()) + " elements, not one"};
    return v[0];
}

TPU_CONVERT_INLINE double context::known_real(std::size_t i, std::string_view role) const {
    auto const v = known_reals(i, role);
    if (v.size() != 1) throw unsupported{"'" + std::string(role) + "' has " + std::to_string(v.size()) + " elements, not one"};
    return v[0];
}

TPU_CONVERT_INLINE std::int64_t context::integer(std::string_view attribute, std::optional<std::int64_t> otherwise) const {
    if (auto const* v = find<std::int64_t>(attribute)) return *v;
    if (!otherwise) throw unsupported{"attribute '" + std::string(attribute) + "' is missing"};
    return *otherwise;
}

TPU_CONVERT_INLINE double context::real(std::string_view attribute, std::optional<double> otherwise) const {
    if (auto const* v = find<double>(attribute)) return *v;
    if (auto const* v = find<std::int64_t>(attribute)) return static_cast<double>(*v);
    if (!otherwise) throw unsupported{"attribute '" + std::string(attribute) + "' is missing"};
    return *otherwise;
}

TPU_CONVERT_INLINE std::string context::text(std::string_view attribute, std::string_view otherwise) const {
    auto const* v = find<std::string>(attribute);
    return v ? *v : std::string(otherwise);
}

TPU_CONVERT_INLINE std::vector<std::int64_t> context::integers(std::string_view attribute,
                                                               std::vector<std::int64_t> otherwise) const {
    auto const* v = find<std::vector<std::int64_t>>(attribute);
    return v ? *v : otherwise;
}

TPU_CONVERT_INLINE std::optional<std::vector<std::int64_t>> context::integers_or_in(std::string_view name, std::size_t i) const {
    if (auto const* v = find<std::vector<std::int64_t>>(name)) return *v;
    if (has(i)) return known_integers(i, name);
    return std::nullopt;
}

TPU_CONVERT_INLINE operand context::known_scalar(double v) const {
    tensor one{shape{}};
    one[0] = static_cast<float>(v);
    return known(make_reals(std::move(one)));
}

TPU_CONVERT_INLINE std::vector<operand> context::fold(operation_info const& op, std::any const& attributes,
                                                      std::vector<operand> const& operands, std::vector<shape> const& dims,
                                                      std::vector<dtype> const& types) {
    std::vector<constant_tensor> in, out;
    std::vector<constant_tensor const*> pointers;
    std::int64_t held = 0;
    in.reserve(operands.size());
    for (auto const& o : operands) {
        if (o.given()) held += element_count(o.dims);
        pointers.push_back(o.given() ? &in.emplace_back(to_fold(*o.value)) : nullptr);
    }
    for (auto const& d : dims) {
        auto const count = bounded_count(d, std::max(detail::most_folded, 2 * held));
        if (!count || (folded_ += *count) > detail::most_folded_in_all + 16 * loaded_)
            throw unsupported{"its constant result of shape " + to_string(d) + " is too large to compute at import"};
        out.emplace_back(d);
    }
    if (!op.fold) throw unsupported{"operator " + std::string(op.name) + " of constants cannot be computed at import"};
    op.fold(attributes, pointers, out);
    std::vector<operand> results;
    for (std::size_t i = 0; i < out.size(); ++i) results.push_back(known(from_fold(out[i], types[i])));
    return results;
}

TPU_CONVERT_INLINE std::vector<operand> context::emit(std::string_view op_name, std::any attributes,
                                                      std::vector<operand> const& operands, std::vector<dtype> const& types,
                                                      std::optional<dtype> type) {
    auto const* const known_as = find_operation(op_name);
    if (!known_as) throw unsupported{"it would become the operator " + std::string(op_name) + ", which does not exist"};
    operation_info const& op = *known_as;
    std::vector<shape> shapes;
    bool all_known = true;
    for (auto const& o : operands) {
        shapes.push_back(o.given() ? o.dims : absent_shape());
        all_known = all_known && (o.value || !o.source);
    }
    auto const dims = op.infer(attributes, shapes);
    for (auto const& d : dims)
        if (!bounded_count(d, detail::most_elements)) throw unsupported{"its result would have the shape " + to_string(d)};
    auto result_types = types;
    result_types.resize(dims.size(), type.value_or(operands.empty() ? dtype::f32 : operands[0].type));
    if (all_known && !detail::is_too_much_work(op, operands, dims)) return fold(op, attributes, operands, dims, result_types);

    tpu_convert::node added;
    added.op = &op;
    added.attributes = std::move(attributes);
    for (auto const& d : dims) {
        value v;
        v.name = unused_name(node_->op + "_step_of_" + node_->outputs[0]);
        v.dims = d;
        added.results.push_back(std::move(v));
    }
    std::vector<graph::ref> refs;
    for (auto const& o : operands) {
        auto const at = o.given() ? place(o) : graph_place{};
        refs.push_back({at.node, at.result});
    }
    graph::id const id = graph_.add(std::move(added), refs);
    std::vector<operand> results;
    for (std::size_t i = 0; i < dims.size(); ++i) results.push_back({"", dims[i], result_types[i], {id, i}, nullptr});
    return results;
}

TPU_CONVERT_INLINE operand const* context::defined(std::string_view name) const {
    auto const found = tensors_.find(name);
    return found == tensors_.end() ? nullptr : &found->second;
}

TPU_CONVERT_INLINE graph_place context::place(operand const& o) {
    if (!o.value) return o.source;
    auto const found = placed_.find(o.value.get());
    if (found != placed_.end()) return found->second.second;
    tpu_convert::node weight;
    weight.kind = node_kind::weight;
    weight.payload = floats_of(*o.value);
    value v;
    v.name = unused_name(!o.name.empty() ? o.name : node_ ? node_->outputs[0] + "_weight" : "weight");
    v.dims = o.value->dims;
    weight.results.push_back(std::move(v));
    graph::id const id = graph_.add(std::move(weight));
    placed_.emplace(o.value.get(), std::pair{o.value, graph_place{id, 0}});
    return {id, 0};
}

TPU_CONVERT_INLINE std::string context::unused_name(std::string wanted) {
    if (names_.insert(wanted).second) return wanted;
    for (int i = 1;; ++i)
        if (auto const name = wanted + "_" + std::to_string(i); names_.insert(name).second) return name;
}

TPU_CONVERT_INLINE void context::bind(model_node const& n, std::vector<operand> results, std::size_t first_new) {
    for (std::size_t k = 0; k < n.outputs.size(); ++k) {
        if (n.outputs[k].empty()) continue;
        if (k >= results.size()) {
            not_computed_.emplace(n.outputs[k], "output " + std::to_string(k) + " of '" + n.title() + "' (" + n.op + ")");
            continue;
        }
        auto& r = results[k];
        if (r.value) r.name = n.outputs[k];
        else if (r.source.node >= first_new) {
            auto& name = graph_[r.source.node].results[r.source.result].name;
            names_.erase(name);
            name = unused_name(n.outputs[k] + "_" + n.op);
        }
        define(n.outputs[k], std::move(r));
    }
}

TPU_CONVERT_INLINE void context::import_node(model_node const& n) {
    auto const run = find_importer(n.domain, n.op);
    if (!run) throw unsupported{"no operator of this name can be imported"};
    std::vector<operand> in;
    for (auto const& name : n.inputs) {
        if (name.empty()) {
            in.emplace_back();
            continue;
        }
        auto const* o = defined(name);
        if (auto const why = not_computed_.find(name); why != not_computed_.end())
            throw unsupported{"reads " + why->second + ", which cannot be computed"};
        if (!o) throw model_error{error_code::model_invalid, n.title(), "reads tensor '" + name + "', which nothing makes"};
        in.push_back(*o);
    }
    auto const* outer_node = std::exchange(node_, &n);
    auto outer_in = std::exchange(in_, std::move(in));
    std::size_t const first_new = graph_.size();
    try {
        bind(n, run(*this), first_new);
    } catch (...) {
        node_ = outer_node;
        in_ = std::move(outer_in);
        throw;
    }
    node_ = outer_node;
    in_ = std::move(outer_in);
}

TPU_CONVERT_INLINE std::vector<operand> context::call(std::string_view op, std::vector<operand> in, attribute_list attributes,
                                                      std::size_t outputs) {
    auto const run = find_importer("", op);
    if (!run) throw unsupported{"it would become the operator " + std::string(op) + ", which cannot be imported"};
    model_node n{node_->name, std::string(op), "", {}, {}, std::move(attributes)};
    n.outputs.assign(outputs, node_->title());
    auto const* outer_node = std::exchange(node_, &n);
    auto outer_in = std::exchange(in_, std::move(in));
    auto const outer_opset = std::exchange(opset_, 18);
    auto const restore = [&] {
        node_ = outer_node;
        in_ = std::move(outer_in);
        opset_ = outer_opset;
    };
    try {
        auto made = run(*this);
        restore();
        return made;
    } catch (...) {
        restore();
        throw;
    }
}

TPU_CONVERT_INLINE void context::run_node(model_node const& n) {
    bool after_failure = false;
    for (auto const& name : n.inputs) after_failure = after_failure || failed_.contains(name);
    auto const fail = [&](std::string const& reason) {
        if (!reason.empty()) problems_.push_back({n.title(), n.op, reason});
        failed_.insert(n.outputs.begin(), n.outputs.end());
    };
    if (after_failure) return fail(find_importer(n.domain, n.op) ? "" : "no operator of this name can be imported");
    try {
        import_node(n);
    } catch (unsupported const& e) {
        fail(e.reason);
    } catch (model_error const& e) {
        throw model_error{e.code(), "node '" + n.title() + "' (" + n.op + ")", e.what()};
    }
}

TPU_CONVERT_INLINE void context::run(network const& net, std::vector<std::size_t> const& order) {
    for (auto const& [name, value] : net.initializers) {
        loaded_ += element_count(value->dims);
        operand o = known(value);
        o.name = name;
        define(name, std::move(o));
    }
    for (auto const i : order) run_node(net.nodes[i]);
}

TPU_CONVERT_INLINE std::vector<operand> context::run_branch(network const& branch) {
    if (depth_ == detail::deepest_branch) throw unsupported{"branches are nested too deeply"};
    ++depth_;
    std::vector<std::size_t> order(branch.nodes.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    run(branch, order);
    --depth_;
    std::vector<operand> results;
    for (auto const& name : branch.outputs) {
        auto const* o = defined(name);
        if (!o) throw unsupported{"a branch could not be imported"};
        results.push_back(*o);
    }
    return results;
}

} // namespace tpu_convert::onnx_import
