// The tensor so many times along each axis; the numbers are a constant operand.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct repeat : composed<repeat> {
    static constexpr std::string_view name = "Repeat";
    static constexpr operand_count operands{2, 2};

    using attributes = no_attributes;

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
