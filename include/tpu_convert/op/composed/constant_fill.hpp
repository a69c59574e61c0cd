// One value in a shape that an operand lists, which must be a constant.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct constant_fill : composed<constant_fill> {
    static constexpr std::string_view name = "ConstantFill";
    static constexpr operand_count operands{1, 1};

    struct attributes {
        double value = 0;

        static constexpr auto fields() {
            return field_list{attribute{"value", &attributes::value}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
