// A tensor of the shape that the operand lists, filled with a value.
#pragma once
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

struct constant_fill {
    using family = movement_family;
    static constexpr std::string_view name = "ConstantFill";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        double value = 0;

        static constexpr auto fields() {
            return field_list{attribute{"value", &attributes::value}};
        }
    };

    static std::vector<shape> infer(attributes const&, std::span<shape const>) {
        throw model_error{error_code::shape_mismatch, name, "the shape of the result depends on values, which must be constants"};
    }
};

} // namespace tpu_convert::op
