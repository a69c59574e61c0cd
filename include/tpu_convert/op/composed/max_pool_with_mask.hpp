// Largest value of each window, and where it lies in its plane.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <tuple>
#include <vector>

namespace tpu_convert::op {

struct max_pool_with_mask : composed<max_pool_with_mask> {
    static constexpr std::string_view name = "MaxPoolWithMask";
    static constexpr operand_count operands{1, 1};

    struct attributes {
        std::vector<std::int64_t> kernel_shape{};
        std::vector<std::int64_t> strides{};
        std::vector<std::int64_t> pads{};
        std::optional<bool> ceil_mode{};
        std::optional<std::string> auto_pad{};
        bool is_adaptive = false;
        bool keepdims = true;
        std::int64_t pad_value = 0;
        bool count_include_pad = false;
        bool do_relu = false;
        double relu_limit = -1;
        std::string round_mode{"HalfAwayFromZero"};
        std::string first_round_mode{"HalfAwayFromZero"};

        static constexpr auto fields() {
            return std::tuple{attribute{"kernel_shape", &attributes::kernel_shape},
                              attribute{"strides", &attributes::strides}, attribute{"pads", &attributes::pads},
                              attribute{"ceil_mode", &attributes::ceil_mode},
                              attribute{"auto_pad", &attributes::auto_pad},
                              attribute{"is_adaptive", &attributes::is_adaptive},
                              attribute{"keepdims", &attributes::keepdims},
                              attribute{"pad_value", &attributes::pad_value},
                              attribute{"count_include_pad", &attributes::count_include_pad},
                              attribute{"do_relu", &attributes::do_relu},
                              attribute{"relu_limit", &attributes::relu_limit},
                              attribute{"round_mode", &attributes::round_mode},
                              attribute{"first_round_mode", &attributes::first_round_mode}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
