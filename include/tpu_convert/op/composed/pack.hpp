// Tensors side by side along a new axis.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct pack : composed<pack> {
    static constexpr std::string_view name = "Pack";
    static constexpr operand_count operands{1, any_number};

    struct attributes {
        std::int64_t axis = 0;
        std::int64_t values_count = 0;

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis},
                              attribute{"values_count", &attributes::values_count}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
