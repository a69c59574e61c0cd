// An operator in terms of others: its shapes, its reference and what a chip runs all come from the same steps.
#pragma once
#include <any>
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <vector>

namespace tpu_convert {

struct operation_info;

// The elements of an operand that is constant, else nothing.
using known_values = std::function<std::optional<std::vector<double>>(std::size_t operand)>;

class composition {
public:
    // A value inside: an operand, a constant, or the result of a step.
    struct term {
        std::size_t index = std::numeric_limits<std::size_t>::max();
        explicit operator bool() const { return index != term{}.index; }
        bool operator==(term const&) const = default;
    };
    struct value {
        shape dims;
        dtype type = dtype::f32;
        bool constant = false;
        std::vector<double> elements; // of a constant
    };
    struct step {
        operation_info const* op;
        std::any attributes;
        std::vector<term> operands;
        std::size_t first, count; // results, as numbers of values
        bool exact;               // whole numbers and positions: float32 whatever the network's precision
    };

    // `types` may be empty: then all operands are float32.
    composition(std::string_view name, std::span<shape const> operands, known_values known = {}, std::vector<dtype> types = {});

    std::string_view name() const { return name_; }
    std::size_t operand_count() const { return operands_.size(); }
    bool has(std::size_t i) const { return i < operands_.size() && operands_[i]; }
    term operand(std::size_t i) const { return has(i) ? operands_[i] : term{}; }
    shape dims(term t) const { return values_[t.index].dims; } // a copy: values move when steps are added
    dtype type(term t) const { return values_[t.index].type; }
    // The elements of an operand that must be constant; `what` names it in the error.
    std::vector<double> known(std::size_t i, std::string_view what) const;
    std::vector<std::int64_t> known_integers(std::size_t i, std::string_view what) const;

    term constant(shape dims, std::vector<double> elements, dtype type = dtype::f32);
    // A step: the results have the first operand's type if values are only moved, else float32, or `type`.
    template <operation Op>
    std::vector<term> call(typename Op::attributes a, std::vector<term> operands, std::optional<dtype> type = std::nullopt) {
        return add(Op::name, std::any{std::move(a)}, std::move(operands), type);
    }
    template <operation Op>
    term make(typename Op::attributes a, std::vector<term> operands, std::optional<dtype> type = std::nullopt) {
        return call<Op>(std::move(a), std::move(operands), type).front();
    }
    void result(term t) { results_.push_back(t); }

    // Steps made while one of these lives are exact.
    struct exact_scope {
        composition& c;
        bool before;
        explicit exact_scope(composition& of) : c(of), before(of.exact_) { c.exact_ = true; }
        ~exact_scope() { c.exact_ = before; }
        exact_scope(exact_scope const&) = delete;
        exact_scope& operator=(exact_scope const&) = delete;
    };

    std::vector<value> const& values() const { return values_; }
    std::vector<step> const& steps() const { return steps_; }
    std::vector<term> const& results() const { return results_; }
    std::vector<shape> result_dims() const;

private:
    std::vector<term> add(std::string_view op, std::any attributes, std::vector<term> operands, std::optional<dtype> type);

    std::string_view name_;
    std::vector<term> operands_;
    known_values known_;
    std::vector<value> values_;
    std::vector<step> steps_;
    std::vector<term> results_;
    bool exact_ = false;
};

// Every step by its own reference.
void evaluate_composition(composition const& c, std::span<tensor const* const> in, std::span<tensor> out);
void evaluate_composition(composition const& c, std::span<constant_tensor const* const> in, std::span<constant_tensor> out);
// Shapes and elements of tensors; null ones are not given.
composition composition_on(std::string_view name, std::span<tensor const* const> in);
composition composition_on(std::string_view name, std::span<constant_tensor const* const> in);

// Base of operators that are nothing but their composition.
template <class Self>
struct composed {
    using family = composed_family;
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    template <class Attributes>
    static std::vector<shape> infer(Attributes const& a, std::span<shape const> in) {
        composition c(Self::name, in);
        Self::compose(a, c);
        return c.result_dims();
    }
    template <class Tensor, class Attributes>
    static void evaluate(Attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        composition c = composition_on(Self::name, in);
        Self::compose(a, c);
        evaluate_composition(c, in, out);
    }
};

} // namespace tpu_convert
