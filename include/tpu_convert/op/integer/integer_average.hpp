// Mean of each window of 8-bit integers; padding counts as zeros.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <vector>

namespace tpu_convert::op {

// Symmetric: (sum * multiplier) / 2^shift, halves up; the multiplier has 8 bits. With a factor (asymmetric):
// round(sum * factor + offset) in float32, each step rounded, halves away from zero.
struct integer_average {
    using family = integer_family;
    static constexpr std::string_view name = "IntegerAverage";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes {
        std::vector<std::int64_t> kernel_shape{}, strides{}, pads{}; // one or two axes; pads: begins, then ends
        bool ceil_mode = false, keepdims = true;
        std::int64_t multiplier = 1, shift = 0;
        double factor = 0, offset = 0; // of float32; factor 0: by multiplier and shift
        std::int64_t pad_value = 0;    // the input's zero point
        std::int64_t lowest = -128, highest = 127;

        static constexpr auto fields() {
            return field_list{attribute{"kernel_shape", &attributes::kernel_shape},
                              attribute{"strides", &attributes::strides},
                              attribute{"pads", &attributes::pads},
                              attribute{"ceil_mode", &attributes::ceil_mode},
                              attribute{"keepdims", &attributes::keepdims},
                              attribute{"multiplier", &attributes::multiplier},
                              attribute{"shift", &attributes::shift},
                              attribute{"factor", &attributes::factor},
                              attribute{"offset", &attributes::offset},
                              attribute{"pad_value", &attributes::pad_value},
                              attribute{"lowest", &attributes::lowest},
                              attribute{"highest", &attributes::highest}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in);
    static void evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out);
};

} // namespace tpu_convert::op

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/integer/integer_average.inl>
#endif
