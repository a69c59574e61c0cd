// start, start + step... before end, all of them constant.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct arange : composed<arange> {
    static constexpr std::string_view name = "Arange";
    static constexpr operand_count operands{2, 3};

    using attributes = no_attributes;

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
