// A slope for each channel's negative numbers.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/integer/requantizer.hpp>
#include <vector>

namespace tpu_convert::op {

// Symmetric, channels on axis 1: round(max(x, 0) * multiplier / 2^shift) + round(min(x, 0) * slope / 2^slope_shift), halves away
// from zero, within the bounds. Slopes have 8 bits.
struct integer_prelu {
    using family = integer_family;
    static constexpr std::string_view name = "IntegerPRelu";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes : requantizer {
        std::vector<std::int64_t> slopes{}; // one for each channel, or one for all
        std::int64_t slope_shift = 0;

        static constexpr auto fields() {
            return field_list{attribute{"slopes", &attributes::slopes}, attribute{"slope_shift", &attributes::slope_shift},
                              requantizer::fields()};
        }
    };

    static std::vector<shape> infer(attributes const&, std::span<shape const> in) { return {in[0]}; }
    static void evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out);
};

} // namespace tpu_convert::op

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/integer/integer_elementwise.inl>
#endif
