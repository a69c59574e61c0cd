// For each disparity the mean product of the channels of the left image and the right one moved by it, in groups of
// channels.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct correlation : composed<correlation> {
    static constexpr std::string_view name = "Correlation";
    static constexpr operand_count operands{1, any_number};

    struct attributes {
        std::int64_t max_disp = 0;
        std::int64_t num_groups = 1;

        static constexpr auto fields() {
            return field_list{attribute{"max_disp", &attributes::max_disp},
                              attribute{"num_groups", &attributes::num_groups}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
