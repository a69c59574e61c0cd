// A value of the table for each whole number of the input; negative ones count from its end.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct lut : composed<lut> {
    static constexpr std::string_view name = "Lut";
    static constexpr operand_count operands{2, 2};

    using attributes = no_attributes;

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
