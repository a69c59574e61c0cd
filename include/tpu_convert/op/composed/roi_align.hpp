// Means of bilinear samples in the bins of regions [image, x1, y1, x2, y2].
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct roi_align : composed<roi_align> {
    static constexpr std::string_view name = "RoiAlign";
    static constexpr operand_count operands{2, 2};

    struct attributes {
        std::string mode{};
        std::int64_t output_height = 0;
        std::int64_t output_width = 0;
        std::int64_t sampling_ratio = 0;
        double spatial_scale = 0;
        bool align_corners = false;

        static constexpr auto fields() {
            return field_list{attribute{"mode", &attributes::mode},
                              attribute{"output_height", &attributes::output_height},
                              attribute{"output_width", &attributes::output_width},
                              attribute{"sampling_ratio", &attributes::sampling_ratio},
                              attribute{"spatial_scale", &attributes::spatial_scale},
                              attribute{"align_corners", &attributes::align_corners}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
