// The second tensor put into the first at an offset of an axis.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct insert : composed<insert> {
    static constexpr std::string_view name = "Insert";
    static constexpr operand_count operands{2, 2};

    struct attributes {
        std::int64_t axis = 0;
        std::int64_t offset = 0;

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}, attribute{"offset", &attributes::offset}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
