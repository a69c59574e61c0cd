// For each disparity the left image beside the right one, moved to the right by it: [N, 2C, max_disp, H, W].
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct concat_volume : composed<concat_volume> {
    static constexpr std::string_view name = "ConcatVolume";
    static constexpr operand_count operands{1, any_number};

    struct attributes {
        std::int64_t max_disp = 0;

        static constexpr auto fields() {
            return field_list{attribute{"max_disp", &attributes::max_disp}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
