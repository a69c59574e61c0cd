// Another shape, given by an operand that is constant.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct view_as : composed<view_as> {
    static constexpr std::string_view name = "View";
    static constexpr operand_count operands{2, 2};

    using attributes = no_attributes;

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
