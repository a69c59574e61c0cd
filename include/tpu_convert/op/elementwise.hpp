// Base of the element-wise operators: they give a name and a body (expression.hpp), nothing else.
#pragma once
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/body.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/fused_relu.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>
#include <vector>

namespace tpu_convert {

template <class Family, std::size_t Arity, class Body, class Attributes = no_attributes>
struct elementwise {
    using family = Family;
    using attributes = Attributes;
    using body = Body;
    static constexpr operand_count operands{Arity, Arity};
    static constexpr quantize_rule quantization = Arity == 1 ? quantize_rule::table : quantize_rule::rescale;

    static std::vector<shape> infer(attributes const&, std::span<shape const> in) { return {detail::broadcast("operands", in)}; }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        auto const f = kernel::chosen_block<Body, Arity, typename Tensor::value_type>(a);
        kernel::evaluate_elementwise(f, &a, fused_relu_of(a), Arity, in, out[0]);
    }

    static layout_preference channels_last(attributes const&, std::span<shape const> in) {
        for (auto const& s : in)
            if (s.size() != 4 && !is_absent(s) && element_count(s) != 1) return layout_preference::none;
        return layout_preference::possible;
    }
    template <class Tensor>
    static void evaluate_channels_last(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        evaluate<Tensor>(a, in, out);
    }
};

template <class Body, class Attributes = no_attributes>
using unary = elementwise<unary_family, 1, Body, Attributes>;
template <class Body, class Attributes = no_attributes>
using binary = elementwise<binary_family, 2, Body, Attributes>;
template <class Body, class Attributes = no_attributes>
using ternary = elementwise<binary_family, 3, Body, Attributes>;

template <class T>
concept elementwise_operation = operation<T> && requires { typename T::body; };

} // namespace tpu_convert
