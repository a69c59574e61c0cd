// Sum of 8-bit integers of different scales, broadcast against each other.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

// Sum over operands of round(x * multiplier / 2^shift), halves away from zero, plus zero_point, in which those of the operands
// are counted; multipliers have 8 bits and a sign.
// With a common shift: (sum of x * multiplier) / 2^common_shift, halves up.
// With factors (asymmetric) in float32, each step rounded, from the first operand on:
// round(sum of (x - operand's zero point) * factor + zero point).
struct integer_sum {
    using family = integer_family;
    static constexpr std::string_view name = "IntegerSum";
    static constexpr operand_count operands{2, any_number};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes {
        std::vector<std::int64_t> multipliers{}, shifts{}; // one for each operand
        std::vector<double> factors{};                     // of float32; or none
        std::vector<std::int64_t> zero_points{};           // of the operands; with factors
        std::int64_t zero_point = 0, lowest = -128, highest = 127;
        std::int64_t common_shift = -1;                    // none below 0

        static constexpr auto fields() {
            return field_list{attribute{"multipliers", &attributes::multipliers}, attribute{"shifts", &attributes::shifts},
                              attribute{"factors", &attributes::factors}, attribute{"zero_points", &attributes::zero_points},
                              attribute{"zero_point", &attributes::zero_point}, attribute{"lowest", &attributes::lowest},
                              attribute{"highest", &attributes::highest},
                              attribute{"common_shift", &attributes::common_shift}};
        }
    };

    static std::vector<shape> infer(attributes const&, std::span<shape const> in) { return {detail::broadcast(name, in)}; }
    static void evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out);
};

} // namespace tpu_convert::op

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/integer/integer_elementwise.inl>
#endif
