// x if x > 0, else alpha (exp(x) - 1).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct elu_attributes {
    double alpha = 1;

    static constexpr auto fields() {
        return field_list{attribute{"alpha", &elu_attributes::alpha}};
    }
};

namespace body {
using elu = decltype(select_greater(x, n<0>, x, p<&elu_attributes::alpha> * (exp(min(x, n<0>)) - n<1>)));
}

struct elu : unary<body::elu, elu_attributes> {
    static constexpr std::string_view name = "Elu";
};

} // namespace tpu_convert::op
