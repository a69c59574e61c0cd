// A convolution whose taps are read at places moved by offsets, bilinear, and weighted by a mask.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct deform_conv2d : composed<deform_conv2d> {
    static constexpr std::string_view name = "DeformConv2D";
    static constexpr operand_count operands{3, 5};

    struct attributes {
        std::vector<std::int64_t> kernel_shape{};
        std::vector<std::int64_t> strides{};
        std::vector<std::int64_t> pads{};
        std::int64_t group = 1;
        std::int64_t deform_group = 1;
        bool use_mask = false;
        std::optional<std::vector<std::int64_t>> dilations{};
        bool do_relu = false;
        double relu_limit = -1;

        static constexpr auto fields() {
            return field_list{attribute{"kernel_shape", &attributes::kernel_shape},
                              attribute{"strides", &attributes::strides}, attribute{"pads", &attributes::pads},
                              attribute{"group", &attributes::group},
                              attribute{"deform_group", &attributes::deform_group},
                              attribute{"use_mask", &attributes::use_mask},
                              attribute{"dilations", &attributes::dilations},
                              attribute{"do_relu", &attributes::do_relu},
                              attribute{"relu_limit", &attributes::relu_limit}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
