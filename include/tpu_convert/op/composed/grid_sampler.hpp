// The image or volume read at the grid's places (-1 to 1). mode 0, 1, 2: bilinear, nearest, bicubic; padding_mode 0, 1, 2: zeros,
// border, reflection.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct grid_sampler : composed<grid_sampler> {
    static constexpr std::string_view name = "GridSampler";
    static constexpr operand_count operands{2, 2};

    struct attributes {
        std::int64_t mode = 0;
        std::int64_t padding_mode = 0;
        bool align_corners = false;

        static constexpr auto fields() {
            return field_list{attribute{"mode", &attributes::mode},
                              attribute{"padding_mode", &attributes::padding_mode},
                              attribute{"align_corners", &attributes::align_corners}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
