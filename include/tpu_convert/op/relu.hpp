// max(x, 0), and min(..., relu_limit) if the limit is positive.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct relu_attributes {
    double relu_limit = -1;

    static constexpr auto fields() {
        return field_list{attribute{"relu_limit", &relu_attributes::relu_limit}};
    }
};

namespace body {
using relu = decltype(max(x, n<0>));
}

struct relu : unary<body::relu, relu_attributes> {
    static constexpr std::string_view name = "Relu";
};

} // namespace tpu_convert::op
