// The second tensor behind the first, which loses as many elements at its front.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct concat_slice : composed<concat_slice> {
    static constexpr std::string_view name = "ConcatSlice";
    static constexpr operand_count operands{2, 2};

    struct attributes {
        std::int64_t axis = 0;

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
