// The same values.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct dtype_cast : composed<dtype_cast> {
    static constexpr std::string_view name = "DtypeCast";
    static constexpr operand_count operands{1, 1};

    using attributes = no_attributes;

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
