// Gradient of a max pooling: each value is added where its index in the plane says.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct max_pooling_indices_bwd : composed<max_pooling_indices_bwd> {
    static constexpr std::string_view name = "MaxPoolingIndicesBwd";
    static constexpr operand_count operands{2, 2};

    struct attributes {
        std::vector<std::int64_t> kernel_shape{};
        std::vector<std::int64_t> strides{};
        std::vector<std::int64_t> pads{};
        std::vector<std::int64_t> dilations{};
        std::vector<std::int64_t> input_shape{};

        static constexpr auto fields() {
            return field_list{attribute{"kernel_shape", &attributes::kernel_shape},
                              attribute{"strides", &attributes::strides}, attribute{"pads", &attributes::pads},
                              attribute{"dilations", &attributes::dilations},
                              attribute{"input_shape", &attributes::input_shape}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
