// x Phi(x); Phi by erf, by tanh, or by the sigmoid of 1.702 x.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>
#include <tpu_convert/op/enumerations.hpp>

namespace tpu_convert::op {

struct gelu_attributes {
    tpu_convert::round_mode round_mode = tpu_convert::round_mode::half_away_from_zero;
    gelu_mode approx_mode = gelu_mode::normal;

    static constexpr auto fields() {
        return field_list{attribute{"round_mode", &gelu_attributes::round_mode},
                          attribute{"approx_mode", &gelu_attributes::approx_mode}};
    }
};

namespace body {
// Phi by erf(x / sqrt 2), by tanh(sqrt(2 / pi) (x + 0.044715 x^3)), by the sigmoid of 1.702 x
inline constexpr auto gelu_erf = x * n<1, 2> * (n<1> + erf(x * n<707106781186547524, 1000000000000000000>));
inline constexpr auto gelu_tanh = x * n<1, 2> * (n<1> + tanh(n<797884560802865356, 1000000000000000000> *
                                                              (x + x * x * x * n<44715, 1000000>)));
inline constexpr auto gelu_sigmoid = x / (n<1> + exp(x * n<-1702, 1000>));
using gelu = decltype(choose<&gelu_attributes::approx_mode>(gelu_erf, gelu_tanh, gelu_sigmoid));
}

struct gelu : unary<body::gelu, gelu_attributes> {
    static constexpr std::string_view name = "GELU";
};

} // namespace tpu_convert::op
