// Product of matrices of 8-bit integers, with a constant or a computed right side.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/integer/requantizer.hpp>
#include <tpu_convert/op/mat_mul.hpp>
#include <vector>

namespace tpu_convert::op {

// Shapes as MatMul. sum over k of left * right + bias; the left operand's zero point is part of the bias.
struct integer_mat_mul {
    using family = integer_family;
    static constexpr std::string_view name = "IntegerMatMul";
    static constexpr operand_count operands{2, 2};
    static constexpr quantize_rule quantization = quantize_rule::rescale;

    struct attributes : requantizer {
        bool left_transpose = false, right_transpose = false;
        std::vector<std::int64_t> bias{}; // one for each column, or none; in units of the sum

        static constexpr auto fields() {
            return field_list{attribute{"left_transpose", &attributes::left_transpose},
                              attribute{"right_transpose", &attributes::right_transpose},
                              attribute{"bias", &attributes::bias}, requantizer::fields()};
        }
    };

    // What MatMul's shape rules and kernels need.
    static mat_mul::attributes shape_attributes(attributes const& a) {
        mat_mul::attributes m;
        m.left_transpose = a.left_transpose, m.right_transpose = a.right_transpose;
        return m;
    }
    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        return mat_mul::infer(shape_attributes(a), in);
    }
    static void evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out);
};

} // namespace tpu_convert::op

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/integer/integer_mat_mul.inl>
#endif
