// x const_val.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct mul_const_attributes {
    double const_val = 0;
    bool do_relu = false;
    double relu_limit = -1;
    bool is_scalar = false;

    static constexpr auto fields() {
        return field_list{attribute{"const_val", &mul_const_attributes::const_val},
                          attribute{"do_relu", &mul_const_attributes::do_relu},
                          attribute{"relu_limit", &mul_const_attributes::relu_limit},
                          attribute{"is_scalar", &mul_const_attributes::is_scalar}};
    }
};

namespace body {
using mul_const = decltype(x * p<&mul_const_attributes::const_val>);
}

struct mul_const : unary<body::mul_const, mul_const_attributes> {
    static constexpr std::string_view name = "MulConst";
};

} // namespace tpu_convert::op
