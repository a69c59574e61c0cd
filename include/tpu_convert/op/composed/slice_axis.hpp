// Part of one axis by constant operands.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct slice_axis : composed<slice_axis> {
    static constexpr std::string_view name = "SliceAxis";
    static constexpr operand_count operands{5, 5};

    using attributes = no_attributes;

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
