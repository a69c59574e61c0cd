// What an operator is: one struct of static members.
#pragma once
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <tpu_convert/core/shape.hpp>
#include <vector>

namespace tpu_convert {

class composition;

// Which rule of quantize/ types the operator in an integer network.
enum class quantize_rule {
    keep_scale, // result has the operand's type and scale: movement, max pooling
    rescale,    // integer arithmetic with a requantization to the result's scale
    table,      // 256-entry table
    float_only, // stays float
};

// How many operands: the first `required`, up to `most`.
struct operand_count {
    std::size_t required, most;
};
inline constexpr std::size_t any_number = 1024;

// Families: operators of one family share code on each chip, and are the unit of explicit instantiation.
struct unary_family { static constexpr std::string_view name = "unary"; };
struct binary_family { static constexpr std::string_view name = "binary"; };
struct convolution_family { static constexpr std::string_view name = "convolution"; };
struct pool_family { static constexpr std::string_view name = "pool"; };
struct matrix_family { static constexpr std::string_view name = "matrix"; };
struct normalization_family { static constexpr std::string_view name = "normalization"; }; // softmax among them
struct reduction_family { static constexpr std::string_view name = "reduction"; };
struct movement_family { static constexpr std::string_view name = "movement"; }; // values are copied, none is computed
struct indexing_family { static constexpr std::string_view name = "indexing"; }; // gather, topk...
struct resize_family { static constexpr std::string_view name = "resize"; };
// Described by other operators (composition.hpp), which take its place before a chip sees the network.
struct composed_family { static constexpr std::string_view name = "composed"; };
struct integer_family { static constexpr std::string_view name = "integer"; }; // of typed networks only: no importer makes them

namespace detail {
template <class T> concept has_name = requires { { T::name } -> std::convertible_to<std::string_view>; };
template <class T> concept has_operands = requires { { T::operands } -> std::convertible_to<operand_count>; };
template <class T> concept has_attributes = requires { typename T::attributes; T::attributes::fields(); };
template <class T> concept has_family = requires { typename T::family; };
template <class T> concept has_quantization = requires { { T::quantization } -> std::convertible_to<quantize_rule>; };
template <class T> concept has_infer = requires(typename T::attributes const& a, std::span<shape const> in) {
    { T::infer(a, in) } -> std::same_as<std::vector<shape>>;
};
} // namespace detail

// infer: shapes of the results from those of the operands (absent_shape() for an optional operand that is not given).
template <class T>
concept operation = detail::has_name<T> && detail::has_operands<T> && detail::has_attributes<T> && detail::has_family<T> &&
                    detail::has_quantization<T> && detail::has_infer<T>;

// The reference evaluation is a template over the tensor type, so that operators can be listed without the tensor library.
// Operands that are not given are null; results have the shapes that infer gave, and every element is written.
template <class T, class Tensor>
concept evaluable_on =
    operation<T> && requires(typename T::attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        T::evaluate(a, in, out);
    };

// Whether the reference may evaluate an operator on images stored with channels last ([N, H, W, C] for rank 4). `best`: it is
// faster so, and only the first operand is an image; `possible`: it is not worth turning an operand for it.
enum class layout_preference { none, possible, best };

// Both are optional members. Operands of rank 4 and results have their axes in that order; other operands are as ever.
template <class T, class Tensor>
concept evaluable_channels_last =
    operation<T> && requires(typename T::attributes const& a, std::span<shape const> shapes, std::span<Tensor const* const> in,
                             std::span<Tensor> out) {
        { T::channels_last(a, shapes) } -> std::same_as<layout_preference>;
        T::evaluate_channels_last(a, in, out);
    };

// An optional member too: the operator in terms of others.
template <class T>
concept composable = operation<T> && requires(typename T::attributes const& a, composition& c) { T::compose(a, c); };

// Instantiated by the registry for each listed type: says which member is missing, and how to write it.
template <class T>
struct operation_contract {
    static_assert(detail::has_name<T>, "an operator needs: static constexpr std::string_view name");
    static_assert(detail::has_operands<T>, "an operator needs: static constexpr operand_count operands{required, most}");
    static_assert(detail::has_attributes<T>, "an operator needs: struct attributes { static constexpr auto fields(); }");
    static_assert(detail::has_family<T>, "an operator needs: using family = ..._family");
    static_assert(detail::has_quantization<T>, "an operator needs: static constexpr quantize_rule quantization");
    static_assert(detail::has_infer<T>,
                  "an operator needs: static std::vector<shape> infer(attributes const&, std::span<shape const>)");
    static constexpr bool holds = operation<T>;
};

} // namespace tpu_convert
