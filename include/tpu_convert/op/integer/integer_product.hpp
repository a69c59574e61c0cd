// Product of two tensors of 8-bit integers, broadcast against each other.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/integer/requantizer.hpp>
#include <vector>

namespace tpu_convert::op {

// requantized (x - x's zero point) * (y - y's zero point); one multiplier.
struct integer_product {
    using family = integer_family;
    static constexpr std::string_view name = "IntegerProduct";
    static constexpr operand_count operands{2, 2};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes : requantizer {
        std::vector<std::int64_t> zero_points{0, 0}; // of the operands

        static constexpr auto fields() {
            return field_list{attribute{"zero_points", &attributes::zero_points}, requantizer::fields()};
        }
    };

    static std::vector<shape> infer(attributes const&, std::span<shape const> in) { return {detail::broadcast(name, in)}; }
    static void evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out);
};

} // namespace tpu_convert::op

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/integer/integer_elementwise.inl>
#endif
