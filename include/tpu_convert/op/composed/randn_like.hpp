// The random numbers that the second operand holds, in the shape of the first.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct randn_like : composed<randn_like> {
    static constexpr std::string_view name = "RandnLike";
    static constexpr operand_count operands{2, 2};

    using attributes = no_attributes;

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
