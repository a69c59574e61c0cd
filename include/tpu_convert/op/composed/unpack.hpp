// Each element of an axis on its own.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct unpack : composed<unpack> {
    static constexpr std::string_view name = "Unpack";
    static constexpr operand_count operands{1, 1};

    struct attributes {
        std::int64_t axis = 0;

        static constexpr auto fields() {
            return field_list{attribute{"axis", &attributes::axis}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
