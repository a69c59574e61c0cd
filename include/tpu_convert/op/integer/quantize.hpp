// From floating point to integers, and back.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <vector>

namespace tpu_convert::op {

// round(x * factor + zero_point) within the bounds: float32, each step rounded, halves away from zero; NaN gives 0.
struct quantize {
    using family = integer_family;
    static constexpr std::string_view name = "Quantize";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes {
        double factor = 1; // of float32: 1 / scale
        std::int64_t zero_point = 0, lowest = -128, highest = 127;

        static constexpr auto fields() {
            return field_list{attribute{"factor", &attributes::factor}, attribute{"zero_point", &attributes::zero_point},
                              attribute{"lowest", &attributes::lowest}, attribute{"highest", &attributes::highest}};
        }
    };

    static std::vector<shape> infer(attributes const&, std::span<shape const> in) { return {in[0]}; }
    static void evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out);
};

// (x - zero_point) * scale in float32.
struct dequantize {
    using family = integer_family;
    static constexpr std::string_view name = "Dequantize";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes {
        double scale = 1; // of float32
        std::int64_t zero_point = 0;

        static constexpr auto fields() {
            return field_list{attribute{"scale", &attributes::scale}, attribute{"zero_point", &attributes::zero_point}};
        }
    };

    static std::vector<shape> infer(attributes const&, std::span<shape const> in) { return {in[0]}; }
    static void evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out);
};

} // namespace tpu_convert::op

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/integer/integer_elementwise.inl>
#endif
