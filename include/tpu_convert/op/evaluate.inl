// Shapes and evaluation of whole networks.
#pragma once
#include <algorithm>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/op/backend_onednn.hpp>
#include <tpu_convert/op/composition.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/op/kernel/pixels.hpp>
#include <tpu_convert/op/reference.hpp>
#include <utility>

namespace tpu_convert {

TPU_CONVERT_INLINE std::vector<shape> result_shapes(node const& n, std::span<shape const> operands,
                                                    std::span<tensor const* const> known) {
    if (!n.op->compose || n.op->family != composed_family::name) return n.op->infer(n.attributes, operands);
    composition c(n.op->name, operands, [known](std::size_t i) -> std::optional<std::vector<double>> {
        if (!known[i]) return std::nullopt;
        return std::vector<double>(known[i]->values().begin(), known[i]->values().end());
    });
    n.op->compose(n.attributes, c);
    return c.result_dims();
}

namespace detail {

inline std::string signature_of(node const& n, std::vector<shape> const& operands) {
    std::string text = std::string(n.op->name) + " of ";
    for (std::size_t i = 0; i < operands.size(); ++i)
        text += (i ? ", " : "") + (is_absent(operands[i]) ? std::string("none") : to_string(operands[i]));
    return text;
}

// In a typed network values have no more bits than their type.
inline void round_to(dtype t, tensor& x) {
    if (t == dtype::f16)
        for (float& v : x.values()) v = f16_to_f32(f32_to_f16(v));
    else if (t == dtype::bf16)
        for (float& v : x.values()) v = bf16_to_f32(f32_to_bf16(v));
}

inline std::string name_of(node const& n) { return n.results.empty() ? std::string() : n.results.front().name; }

inline void infer_node(graph& g, graph::id v) {
    node& n = g[v];
    auto const refs = g.operands(v);
    std::vector<shape> operands;
    for (auto const& r : refs) operands.push_back(r ? g[r].dims : absent_shape());
    if (refs.size() < n.op->operands.required || refs.size() > n.op->operands.most)
        throw model_error{error_code::model_invalid, name_of(n),
                          std::string(n.op->name) + " does not take " + std::to_string(refs.size()) + " operands"};
    std::vector<shape> results;
    try {
        std::vector<tensor const*> known;
        for (auto const& r : refs) known.push_back(r ? g[r.node].payload.get() : nullptr);
        results = result_shapes(n, operands, known);
    } catch (model_error const& e) {
        throw model_error{e.code(), name_of(n), signature_of(n, operands) + ": " + e.what()};
    }
    if (results.size() < n.results.size())
        throw model_error{error_code::model_invalid, name_of(n),
                          std::string(n.op->name) + " has more results in the network than it gives"};
    for (std::size_t i = 0; i < n.results.size(); ++i) {
        std::int64_t total = 1;
        for (auto d : results[i])
            if (d < 0 || __builtin_mul_overflow(total, d, &total) || total > std::int64_t{1} << 40)
                throw model_error{error_code::shape_mismatch, name_of(n),
                                  signature_of(n, operands) + " gives the impossible shape " + to_string(results[i])};
        n.results[i].dims = results[i];
    }
}

} // namespace detail

TPU_CONVERT_INLINE void infer_shapes(graph& g) {
    for (auto const v : g.order())
        if (g[v].kind == node_kind::operation) detail::infer_node(g, v);
}

TPU_CONVERT_INLINE evaluator::evaluator(graph const& g, std::shared_ptr<backend::filters> const& shared)
    : graph_(g), filters_(shared ? shared : std::make_shared<backend::filters>()),
      session_(std::make_unique<backend::session>(filters_)) {
    for (auto const v : g.order()) {
        if (v >= slots_.size()) slots_.resize(v + 1);
        slots_[v].resize(g[v].results.size());
        if (g[v].kind == node_kind::operation) order_.push_back(v);
        if (g[v].kind != node_kind::weight) continue;
        slots_[v][0].value = g[v].payload.get();
        if (!shared) filters_->add(g[v].payload->data());
    }
}
TPU_CONVERT_INLINE evaluator::~evaluator() = default;

TPU_CONVERT_INLINE void evaluator::bind_inputs(std::map<std::string, tensor> const& inputs) {
    for (auto const v : graph_.inputs()) {
        auto const& wanted = graph_[v].results.front();
        auto const found = inputs.find(wanted.name);
        if (found == inputs.end()) {
            if (graph_.users(v).empty() && !graph_.is_output({v, 0})) continue;
            throw model_error{error_code::input_mismatch, wanted.name, "no values are given for this input"};
        }
        if (found->second.shape() != wanted.dims)
            throw model_error{
                error_code::input_mismatch, wanted.name,
                "the input has shape " + to_string(found->second.shape()) + ", the network needs " + to_string(wanted.dims)};
        slots_[v][0].value = &found->second;
        give_back(slots_[v][0].pixels);
    }
}

TPU_CONVERT_INLINE tensor evaluator::take(shape const& dims) {
    auto const found = free_.find(element_count(dims));
    if (found == free_.end() || found->second.empty()) return tensor(dims);
    tensor t = std::move(found->second.back());
    found->second.pop_back();
    t.reshape(dims);
    return t;
}

TPU_CONVERT_INLINE void evaluator::give_back(tensor& t) {
    if (t.size() != 0) free_[t.size()].push_back(std::exchange(t, tensor{}));
}

TPU_CONVERT_INLINE void evaluator::release(graph::ref r) {
    auto& s = slots_[r.node][r.result];
    if (s.uses == 0 || --s.uses != 0 || graph_[r.node].kind != node_kind::operation) return;
    give_back(s.own);
    give_back(s.pixels);
    s.value = nullptr;
}

TPU_CONVERT_INLINE tensor const* evaluator::planes(graph::ref r) {
    auto& s = slots_[r.node][r.result];
    if (s.value) return s.value;
    s.own = take(graph_[r].dims);
    backend::turn(s.own.shape(), s.pixels.data(), s.own.data(), false);
    return s.value = &s.own;
}

TPU_CONVERT_INLINE tensor const* evaluator::pixels(graph::ref r) {
    auto& s = slots_[r.node][r.result];
    if (graph_[r].dims.size() != 4) return s.value;
    if (s.pixels.size() == 0 && s.value->size() != 0) {
        s.pixels = take(kernel::pixel_shape(s.value->shape()));
        backend::turn(s.value->shape(), s.value->data(), s.pixels.data(), true);
    }
    return &s.pixels;
}

// Where it is faster, and where an operand is there in no other way.
TPU_CONVERT_INLINE bool evaluator::channels_last(graph::id v, std::vector<shape> const& operands) const {
    node const& n = graph_[v];
    if (!n.op->channels_last || n.results.size() != 1 || n.results[0].dims.size() != 4 || element_count(n.results[0].dims) == 0)
        return false;
    auto const preference = n.op->channels_last(n.attributes, operands);
    if (preference != layout_preference::possible) return preference == layout_preference::best;
    for (auto const& r : graph_.operands(v))
        if (r && !slots_[r.node][r.result].value) return true;
    return false;
}

TPU_CONVERT_INLINE void evaluator::evaluate(graph::id v) {
    node const& n = graph_[v];
    if (!n.op->evaluate)
        throw model_error{error_code::operator_unsupported, detail::name_of(n),
                          std::string(n.op->name) + " cannot be evaluated"};
    auto const refs = graph_.operands(v);
    std::vector<shape> shapes;
    for (auto const& r : refs) shapes.push_back(r ? graph_[r].dims : absent_shape());
    bool const last = channels_last(v, shapes);
    auto const turned = !last ? 0 : n.op->channels_last(n.attributes, shapes) == layout_preference::best ? 1 : refs.size();
    std::vector<tensor const*> operands;
    for (auto const& r : refs) operands.push_back(!r ? nullptr : operands.size() < turned ? pixels(r) : planes(r));
    std::vector<tensor> results;
    for (auto const& r : n.results) results.push_back(take(last ? kernel::pixel_shape(r.dims) : r.dims));
    // An operator may have results that the network does not use.
    auto const all = result_shapes(n, shapes, operands);
    for (auto i = results.size(); i < all.size(); ++i) results.emplace_back(all[i]);
    try {
        (last ? n.op->evaluate_channels_last : n.op->evaluate)(n.attributes, operands, results);
    } catch (model_error const& e) {
        throw model_error{e.code(), detail::name_of(n), std::string(n.op->name) + ": " + e.what()};
    }
    for (std::size_t i = 0; i < n.results.size(); ++i) {
        detail::round_to(n.results[i].type, results[i]);
        auto& s = slots_[v][i];
        give_back(s.own);
        give_back(s.pixels);
        (last ? s.pixels : s.own) = std::move(results[i]);
        s.value = last ? nullptr : &s.own;
    }
    for (auto const& r : refs)
        if (r) release(r);
}

TPU_CONVERT_INLINE void evaluator::observe(graph::ref r, evaluate_options const& options) const {
    auto const& s = slots_[r.node][r.result];
    if (options.observe && (s.value || s.pixels.size())) options.observe(r, s.value ? *s.value : s.pixels, !s.value);
}

TPU_CONVERT_INLINE std::map<std::string, tensor> evaluator::run(std::map<std::string, tensor> const& inputs,
                                                                evaluate_options const& options) {
    using keep_rule = evaluate_options::keep_rule;
    bind_inputs(inputs);
    auto const kept = [&](graph::ref r) {
        if (graph_.is_output(r)) return true;
        if (options.keep == keep_rule::all) return true;
        auto const& names = options.names;
        return options.keep == keep_rule::named && std::find(names.begin(), names.end(), graph_[r].name) != names.end();
    };
    std::map<std::string, tensor> answers;
    for (auto const v : order_)
        for (std::size_t i = 0; i < slots_[v].size(); ++i) slots_[v][i].uses = graph_.use_count({v, i}) + (kept({v, i}) ? 1 : 0);
    backend::session_scope const scope(*session_);
    for (auto const v : graph_.inputs()) observe({v, 0}, options);
    std::size_t done = 0;
    for (auto const v : order_) {
        evaluate(v);
        for (std::size_t i = 0; i < slots_[v].size(); ++i) observe({v, i}, options);
        if (options.progress) options.progress(++done, order_.size(), detail::name_of(graph_[v]));
        for (std::size_t i = 0; i < slots_[v].size(); ++i)
            if (slots_[v][i].uses == 0) ++slots_[v][i].uses, release({v, i});
    }
    for (auto const& r : graph_.outputs) // a constant may be an output
        if (graph_[r.node].kind == node_kind::weight) answers.insert_or_assign(graph_[r].name, *slots_[r.node][0].value);
    for (auto const v : graph_.inputs())
        if (kept({v, 0}) && slots_[v][0].value) answers.insert_or_assign(graph_[v].results[0].name, *slots_[v][0].value);
    for (auto const v : order_)
        for (std::size_t i = 0; i < slots_[v].size(); ++i)
            if (auto& s = slots_[v][i]; kept({v, i})) {
                planes({v, i});
                answers.insert_or_assign(graph_[graph::ref{v, i}].name, std::move(s.own));
                s = slot{};
            }
    return answers;
}

TPU_CONVERT_INLINE std::map<std::string, tensor> evaluate_graph(graph const& g, std::map<std::string, tensor> const& inputs,
                                                                evaluate_options const& options) {
    return evaluator(g).run(inputs, options);
}

} // namespace tpu_convert
