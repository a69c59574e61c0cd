// 1 / (1 + exp(-x)); with log its logarithm, -log(1 + exp(-x)) without overflow. scale and bias must be 1 and 0.
#pragma once
#include <span>
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <vector>

namespace tpu_convert::op {

struct sigmoid_attributes {
    double scale = 1;
    double bias = 0;
    bool log = false;
    tpu_convert::round_mode round_mode = tpu_convert::round_mode::half_away_from_zero;

    static constexpr auto fields() {
        return field_list{attribute{"scale", &sigmoid_attributes::scale}, attribute{"bias", &sigmoid_attributes::bias},
                          attribute{"log", &sigmoid_attributes::log}, attribute{"round_mode", &sigmoid_attributes::round_mode}};
    }
};

namespace body {
using sigmoid = decltype(choose<&sigmoid_attributes::log>(n<1> / (n<1> + exp(-x)), min(x, n<0>) - log(n<1> + exp(-abs(x)))));
}

struct sigmoid : unary<body::sigmoid, sigmoid_attributes> {
    static constexpr std::string_view name = "Sigmoid";

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (a.scale != 1 || a.bias != 0) detail::bad_attribute(name, "scale must be 1 and bias 0");
        return {in[0]};
    }
};

} // namespace tpu_convert::op
