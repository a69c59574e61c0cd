// Positions of the elements that are not 0, one column each.
#pragma once
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <vector>

namespace tpu_convert::op {

struct non_zero {
    using family = indexing_family;
    static constexpr std::string_view name = "NonZero";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    using attributes = no_attributes;

    static std::vector<shape> infer(attributes const&, std::span<shape const>) {
        throw model_error{error_code::shape_mismatch, name, "the shape of the result depends on values, which must be constants"};
    }
};

} // namespace tpu_convert::op
