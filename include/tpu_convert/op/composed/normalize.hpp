// x / |x| scale, where |x| is taken over the channels or, with across_spatial, over all of an image.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct normalize : composed<normalize> {
    static constexpr std::string_view name = "Normalize";
    static constexpr operand_count operands{2, 2};

    struct attributes {
        bool across_spatial = false;
        bool channel_shared = true;

        static constexpr auto fields() {
            return field_list{attribute{"across_spatial", &attributes::across_spatial},
                              attribute{"channel_shared", &attributes::channel_shared}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
