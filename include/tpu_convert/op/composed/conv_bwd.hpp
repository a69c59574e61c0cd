// Gradients of a convolution: of its input, filter and bias.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct conv_bwd : composed<conv_bwd> {
    static constexpr std::string_view name = "Convbwd";
    static constexpr operand_count operands{3, 3};

    struct attributes {
        std::int64_t groups = 0;
        std::vector<std::int64_t> input_shape{};
        std::vector<std::int64_t> grad_out_shape{};
        std::vector<std::int64_t> kernel_shape{};
        std::vector<std::int64_t> stride{};
        std::vector<std::int64_t> dilations{};
        std::vector<std::int64_t> padding{};
        std::vector<std::int64_t> inserts{};
        bool grad_input_enable = false;
        bool grad_weight_enable = false;
        bool grad_bias_enable = false;

        static constexpr auto fields() {
            return field_list{attribute{"groups", &attributes::groups},
                              attribute{"input_shape", &attributes::input_shape},
                              attribute{"grad_out_shape", &attributes::grad_out_shape},
                              attribute{"kernel_shape", &attributes::kernel_shape},
                              attribute{"stride", &attributes::stride},
                              attribute{"dilations", &attributes::dilations},
                              attribute{"padding", &attributes::padding}, attribute{"inserts", &attributes::inserts},
                              attribute{"grad_input_enable", &attributes::grad_input_enable},
                              attribute{"grad_weight_enable", &attributes::grad_weight_enable},
                              attribute{"grad_bias_enable", &attributes::grad_bias_enable}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
