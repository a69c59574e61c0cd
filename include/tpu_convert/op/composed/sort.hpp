// All values along an axis in order, and their positions.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct sort : composed<sort> {
    static constexpr std::string_view name = "Sort";
    static constexpr operand_count operands{1, 1};

    struct attributes {
        std::int64_t axis = 0;
        bool descending = true;

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}, attribute{"descending", &attributes::descending}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
