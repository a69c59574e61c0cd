#pragma once
#include <algorithm>
#include <cmath>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/composition.hpp>
#include <tpu_convert/op/reference.hpp>
#include <utility>

namespace tpu_convert {

TPU_CONVERT_INLINE composition::composition(std::string_view name, std::span<shape const> operands, known_values known,
                                            std::vector<dtype> types)
    : name_(name), known_(std::move(known)) {
    for (std::size_t i = 0; i < operands.size(); ++i) {
        operands_.push_back(is_absent(operands[i]) ? term{} : term{values_.size()});
        if (operands_.back()) values_.push_back({operands[i], i < types.size() ? types[i] : dtype::f32, false, {}});
    }
}

TPU_CONVERT_INLINE std::vector<double> composition::known(std::size_t i, std::string_view what) const {
    if (known_ && has(i))
        if (auto elements = known_(i)) return *std::move(elements);
    throw model_error{error_code::shape_mismatch, name_, "the result's shape depends on " + std::string(what) +
                                                             ", which must be constant"};
}

TPU_CONVERT_INLINE std::vector<std::int64_t> composition::known_integers(std::size_t i, std::string_view what) const {
    std::vector<std::int64_t> whole;
    for (double const v : known(i, what)) whole.push_back(static_cast<std::int64_t>(std::clamp(v, -0x1p52, 0x1p52)));
    return whole;
}

TPU_CONVERT_INLINE composition::term composition::constant(shape dims, std::vector<double> elements, dtype type) {
    values_.push_back({std::move(dims), type, true, std::move(elements)});
    return {values_.size() - 1};
}

TPU_CONVERT_INLINE std::vector<composition::term> composition::add(std::string_view op, std::any attributes,
                                                                   std::vector<term> operands, std::optional<dtype> type) {
    constexpr std::size_t most_steps = 1 << 18;
    if (steps_.size() >= most_steps)
        throw model_error{error_code::shape_mismatch, name_, "the operator takes more than 262144 steps written out"};
    auto const& info = *find_operation(op);
    std::vector<shape> shapes;
    for (auto const t : operands) shapes.push_back(t ? dims(t) : absent_shape());
    auto const made = info.infer(attributes, shapes);
    bool const moves = info.quantization == quantize_rule::keep_scale && !operands.empty() && operands[0];
    dtype const given = type.value_or(moves ? this->type(operands[0]) : dtype::f32);
    steps_.push_back({&info, std::move(attributes), std::move(operands), values_.size(), made.size(), exact_});
    std::vector<term> results;
    for (auto const& d : made) {
        values_.push_back({d, given, false, {}});
        results.push_back({values_.size() - 1});
    }
    return results;
}

TPU_CONVERT_INLINE std::vector<shape> composition::result_dims() const {
    std::vector<shape> all;
    for (auto const t : results_) all.push_back(dims(t));
    return all;
}

namespace detail {

template <class T>
auto reference_of(operation_info const& op) {
    if constexpr (std::is_same_v<T, float>) return op.evaluate;
    else return op.fold;
}

template <class T>
basic_tensor<T> tensor_of(composition::value const& v) {
    basic_tensor<T> t{v.dims};
    std::copy_n(v.elements.begin(), std::min<std::int64_t>(std::ssize(v.elements), t.size()), t.data());
    return t;
}

// Made values live until their last reader.
template <class T>
class composition_run {
public:
    composition_run(composition const& c, std::span<basic_tensor<T> const* const> in)
        : c_(c), made_(c.values().size()), at_(c.values().size(), nullptr), last_(c.values().size(), 0) {
        for (std::size_t i = 0; i < in.size(); ++i)
            if (c.has(i)) at_[c.operand(i).index] = in[i];
        for (std::size_t i = 0; i < at_.size(); ++i)
            if (c.values()[i].constant) made_[i] = tensor_of<T>(c.values()[i]), at_[i] = &made_[i];
        for (std::size_t s = 0; s < c.steps().size(); ++s)
            for (auto const t : c.steps()[s].operands)
                if (t) last_[t.index] = s;
        for (auto const t : c.results()) last_[t.index] = c.steps().size();
    }

    void run(std::span<basic_tensor<T>> out) {
        for (std::size_t s = 0; s < c_.steps().size(); ++s) {
            evaluate(c_.steps()[s]);
            for (auto const t : c_.steps()[s].operands)
                if (t && last_[t.index] == s) made_[t.index] = {};
        }
        for (std::size_t i = 0; i < out.size() && i < c_.results().size(); ++i) {
            auto const* from = at_[c_.results()[i].index];
            std::copy_n(from->data(), from->size(), out[i].data());
        }
    }

private:
    void evaluate(composition::step const& s) {
        auto* const f = reference_of<T>(*s.op);
        if (!f) throw model_error{error_code::operator_unsupported, s.op->name, "it cannot be evaluated"};
        std::vector<basic_tensor<T> const*> operands;
        for (auto const t : s.operands) operands.push_back(t ? at_[t.index] : nullptr);
        std::vector<basic_tensor<T>> results;
        for (std::size_t i = 0; i < s.count; ++i) results.emplace_back(c_.values()[s.first + i].dims);
        f(s.attributes, operands, results);
        for (std::size_t i = 0; i < s.count; ++i) {
            made_[s.first + i] = std::move(results[i]);
            at_[s.first + i] = &made_[s.first + i];
        }
    }

    composition const& c_;
    std::vector<basic_tensor<T>> made_;
    std::vector<basic_tensor<T> const*> at_;
    std::vector<std::size_t> last_; // step that reads it last
};

template <class T>
composition composition_of_tensors(std::string_view name, std::span<basic_tensor<T> const* const> in) {
    std::vector<shape> shapes;
    for (auto const* x : in) shapes.push_back(x ? x->shape() : absent_shape());
    return {name, shapes, [in](std::size_t i) -> std::optional<std::vector<double>> {
                return std::vector<double>(in[i]->values().begin(), in[i]->values().end());
            }};
}

} // namespace detail

TPU_CONVERT_INLINE void evaluate_composition(composition const& c, std::span<tensor const* const> in, std::span<tensor> out) {
    detail::composition_run<float>(c, in).run(out);
}
TPU_CONVERT_INLINE void evaluate_composition(composition const& c, std::span<constant_tensor const* const> in,
                                             std::span<constant_tensor> out) {
    detail::composition_run<double>(c, in).run(out);
}
TPU_CONVERT_INLINE composition composition_on(std::string_view name, std::span<tensor const* const> in) {
    return detail::composition_of_tensors<float>(name, in);
}
TPU_CONVERT_INLINE composition composition_on(std::string_view name, std::span<constant_tensor const* const> in) {
    return detail::composition_of_tensors<double>(name, in);
}

} // namespace tpu_convert
