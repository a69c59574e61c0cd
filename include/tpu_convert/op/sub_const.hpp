// x - const_val, or const_val - x if is_reverse.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct sub_const_attributes {
    double const_val = 0;
    bool is_reverse = false;
    bool do_relu = false;
    double relu_limit = -1;
    bool is_scalar = false;

    static constexpr auto fields() {
        return field_list{attribute{"const_val", &sub_const_attributes::const_val},
                          attribute{"is_reverse", &sub_const_attributes::is_reverse},
                          attribute{"do_relu", &sub_const_attributes::do_relu},
                          attribute{"relu_limit", &sub_const_attributes::relu_limit},
                          attribute{"is_scalar", &sub_const_attributes::is_scalar}};
    }
};

namespace body {
using sub_const = decltype(choose<&sub_const_attributes::is_reverse>(x - p<&sub_const_attributes::const_val>,
    p<&sub_const_attributes::const_val> - x));
}

struct sub_const : unary<body::sub_const, sub_const_attributes> {
    static constexpr std::string_view name = "SubConst";
};

} // namespace tpu_convert::op
