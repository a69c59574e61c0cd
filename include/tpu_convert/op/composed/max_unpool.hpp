// Zeros with the values at the places in the plane that the mask gives.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct max_unpool : composed<max_unpool> {
    static constexpr std::string_view name = "MaxUnpool";
    static constexpr operand_count operands{2, 2};

    struct attributes {
        std::int64_t scale_h = 0;
        std::int64_t scale_w = 0;

        static constexpr auto fields() {
            return field_list{attribute{"scale_h", &attributes::scale_h}, attribute{"scale_w", &attributes::scale_w}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
