// x scale + bias; scale and bias are broadcast to x, [1, C, 1, 1] as a rule.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct scale_attributes {
    bool do_relu = false;
    double relu_limit = -1;

    static constexpr auto fields() {
        return field_list{attribute{"do_relu", &scale_attributes::do_relu},
                          attribute{"relu_limit", &scale_attributes::relu_limit}};
    }
};

namespace body {
using scale = decltype(x * y + z);
}

struct scale : ternary<body::scale, scale_attributes> {
    static constexpr std::string_view name = "Scale";
};

} // namespace tpu_convert::op
