// x = deltaA x + deltaB_u, y = C x: half of the channels forwards, half backwards; plus u D.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct selective_scan : composed<selective_scan> {
    static constexpr std::string_view name = "SelectiveScan";
    static constexpr operand_count operands{4, 5};

    using attributes = no_attributes;

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
