// Largest value of each window, and where it lies in its plane.
#pragma once
#include <string_view>
#include <tpu_convert/op/composition.hpp>
#include <tpu_convert/op/pool_attributes.hpp>

namespace tpu_convert::op {

struct max_pool_with_mask : composed<max_pool_with_mask> {
    static constexpr std::string_view name = "MaxPoolWithMask";
    static constexpr operand_count operands{1, 1};

    using attributes = pool_attributes;

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
