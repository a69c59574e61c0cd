// The same real numbers at another integer scale.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/integer/requantizer.hpp>
#include <vector>

namespace tpu_convert::op {

// requantized x - input_zero_point; one multiplier.
struct requantize {
    using family = integer_family;
    static constexpr std::string_view name = "Requantize";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes : requantizer {
        std::int64_t input_zero_point = 0;

        static constexpr auto fields() {
            return field_list{attribute{"input_zero_point", &attributes::input_zero_point}, requantizer::fields()};
        }
    };

    static std::vector<shape> infer(attributes const&, std::span<shape const> in) { return {in[0]}; }
    static void evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out);
};

} // namespace tpu_convert::op

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/integer/integer_elementwise.inl>
#endif
