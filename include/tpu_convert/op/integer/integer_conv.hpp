// Convolution of 8-bit integers: exact 32-bit sums, bias, requantization of each channel. Transposed convolutions too: with
// zeros inserted between the input's elements and the filters turned round.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tpu_convert/op/integer/requantizer.hpp>
#include <vector>

namespace tpu_convert::op {

// Operands: images [n, c, (h,) w], filters [oc, c / group, (kh,) kw].
struct integer_conv {
    using family = integer_family;
    static constexpr std::string_view name = "IntegerConv";
    static constexpr operand_count operands{2, 2};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes : requantizer {
        std::vector<std::int64_t> kernel_shape{}, strides{}, pads{}, dilations{}; // pads: begins, then ends
        std::vector<std::int64_t> inserts{}; // zeros between neighbours, for each axis; none: 0
        std::int64_t group = 1;
        std::vector<std::int64_t> bias{}; // one for each output channel, or none; in units of the sum
        std::int64_t pad_value = 0;       // the input's zero point

        static constexpr auto fields() {
            return field_list{attribute{"kernel_shape", &attributes::kernel_shape},
                              attribute{"strides", &attributes::strides}, attribute{"pads", &attributes::pads},
                              attribute{"dilations", &attributes::dilations}, attribute{"inserts", &attributes::inserts},
                              attribute{"group", &attributes::group}, attribute{"bias", &attributes::bias},
                              attribute{"pad_value", &attributes::pad_value}, requantizer::fields()};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in);
    static void evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out);
};

} // namespace tpu_convert::op

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/integer/integer_conv.inl>
#endif
