// min(max(alpha x + beta, 0), 1).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct hard_sigmoid_attributes {
    double alpha = 0.2;
    double beta = 0.5;

    static constexpr auto fields() {
        return field_list{attribute{"alpha", &hard_sigmoid_attributes::alpha},
                          attribute{"beta", &hard_sigmoid_attributes::beta}};
    }
};

namespace body {
using hard_sigmoid = decltype(min(max(x * p<&hard_sigmoid_attributes::alpha> + p<&hard_sigmoid_attributes::beta>, n<0>),
    n<1>));
}

struct hard_sigmoid : unary<body::hard_sigmoid, hard_sigmoid_attributes> {
    static constexpr std::string_view name = "HardSigmoid";
};

} // namespace tpu_convert::op
