// x + const_val.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct add_const_attributes {
    double const_val = 0;
    bool do_relu = false;
    double relu_limit = -1;
    bool is_scalar = false;

    static constexpr auto fields() {
        return field_list{attribute{"const_val", &add_const_attributes::const_val},
                          attribute{"do_relu", &add_const_attributes::do_relu},
                          attribute{"relu_limit", &add_const_attributes::relu_limit},
                          attribute{"is_scalar", &add_const_attributes::is_scalar}};
    }
};

namespace body {
using add_const = decltype(x + p<&add_const_attributes::const_val>);
}

struct add_const : unary<body::add_const, add_const_attributes> {
    static constexpr std::string_view name = "AddConst";
};

} // namespace tpu_convert::op
