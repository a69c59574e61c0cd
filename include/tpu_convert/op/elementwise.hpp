// Base of the element-wise operators: they give a name and a body (expression.hpp), nothing else.
#pragma once
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/body.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert {

// Operators that may carry a fused relu: result = max(x, 0), and min(..., relu_limit) if the limit is positive.
// The bodies do not contain it; whoever evaluates or lowers a body adds it.
struct fused_relu {
    bool active;
    double limit; // not positive: no limit
};
template <class A>
constexpr fused_relu fused_relu_of(A const& a) {
    if constexpr (requires { a.do_relu; })
        return {a.do_relu, a.relu_limit};
    else if constexpr (requires { a.relu_limit; })
        return {a.relu_limit > 0, a.relu_limit};
    else
        return {false, -1};
}

template <class Family, std::size_t Arity, class Body, class Attributes = no_attributes>
struct elementwise {
    using family = Family;
    using attributes = Attributes;
    using body = Body;
    static constexpr operand_count operands{Arity, Arity};
    static constexpr quantize_rule quantization = Arity == 1 ? quantize_rule::table : quantize_rule::rescale;

    static std::vector<shape> infer(attributes const&, std::span<shape const> in) { return {detail::broadcast("operands", in)}; }
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
