// x if x > 0, else alpha x.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>
#include <tpu_convert/op/enumerations.hpp>

namespace tpu_convert::op {

struct leaky_relu_attributes {
    double alpha = 0.01;
    tpu_convert::round_mode round_mode = tpu_convert::round_mode::half_away_from_zero;

    static constexpr auto fields() {
        return field_list{attribute{"alpha", &leaky_relu_attributes::alpha},
                          attribute{"round_mode", &leaky_relu_attributes::round_mode}};
    }
};

namespace body {
using leaky_relu = decltype(select_greater(x, n<0>, x, x * p<&leaky_relu_attributes::alpha>));
}

struct leaky_relu : unary<body::leaky_relu, leaky_relu_attributes> {
    static constexpr std::string_view name = "LeakyRelu";
};

} // namespace tpu_convert::op
