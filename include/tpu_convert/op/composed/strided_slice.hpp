// Parts of axes by constant operands; bits of the masks say which bounds count and which axes go.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct strided_slice : composed<strided_slice> {
    static constexpr std::string_view name = "StridedSlice";
    static constexpr operand_count operands{4, 4};

    struct attributes {
        std::int64_t begin_mask = 0;
        std::int64_t end_mask = 0;
        std::int64_t ellipsis_mask = 0;
        std::int64_t new_axis_mask = 0;
        std::int64_t shrink_axis_mask = 0;

        static constexpr auto fields() {
            return field_list{attribute{"begin_mask", &attributes::begin_mask},
                              attribute{"end_mask", &attributes::end_mask},
                              attribute{"ellipsis_mask", &attributes::ellipsis_mask},
                              attribute{"new_axis_mask", &attributes::new_axis_mask},
                              attribute{"shrink_axis_mask", &attributes::shrink_axis_mask}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
