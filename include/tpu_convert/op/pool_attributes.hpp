// Attributes of the operators that go over an image with a window and no filter.
#pragma once
#include <cstdint>
#include <optional>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <vector>

namespace tpu_convert::op {

struct pool_attributes {
    std::vector<std::int64_t> kernel_shape{};
    std::vector<std::int64_t> strides{};
    std::vector<std::int64_t> pads{};
    std::optional<bool> ceil_mode{};
    std::optional<auto_pad_mode> auto_pad{};
    bool is_adaptive = false;
    bool keepdims = true;
    std::int64_t pad_value = 0;
    bool count_include_pad = false;
    bool do_relu = false;
    double relu_limit = -1;
    tpu_convert::round_mode round_mode = tpu_convert::round_mode::half_away_from_zero;
    tpu_convert::round_mode first_round_mode = tpu_convert::round_mode::half_away_from_zero;

    static constexpr auto fields() {
        return field_list{attribute{"kernel_shape", &pool_attributes::kernel_shape},
                          attribute{"strides", &pool_attributes::strides}, attribute{"pads", &pool_attributes::pads},
                          attribute{"ceil_mode", &pool_attributes::ceil_mode}, attribute{"auto_pad", &pool_attributes::auto_pad},
                          attribute{"is_adaptive", &pool_attributes::is_adaptive},
                          attribute{"keepdims", &pool_attributes::keepdims}, attribute{"pad_value", &pool_attributes::pad_value},
                          attribute{"count_include_pad", &pool_attributes::count_include_pad},
                          attribute{"do_relu", &pool_attributes::do_relu}, attribute{"relu_limit", &pool_attributes::relu_limit},
                          attribute{"round_mode", &pool_attributes::round_mode},
                          attribute{"first_round_mode", &pool_attributes::first_round_mode}};
    }
};

} // namespace tpu_convert::op
