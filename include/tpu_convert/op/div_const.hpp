// x / const_val, or const_val / x if is_reverse.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct div_const_attributes {
    double const_val = 0;
    bool is_reverse = false;
    bool do_relu = false;
    double relu_limit = -1;
    bool is_scalar = false;

    static constexpr auto fields() {
        return field_list{attribute{"const_val", &div_const_attributes::const_val},
                          attribute{"is_reverse", &div_const_attributes::is_reverse},
                          attribute{"do_relu", &div_const_attributes::do_relu},
                          attribute{"relu_limit", &div_const_attributes::relu_limit},
                          attribute{"is_scalar", &div_const_attributes::is_scalar}};
    }
};

namespace body {
using div_const = decltype(choose<&div_const_attributes::is_reverse>(x / p<&div_const_attributes::const_val>,
    p<&div_const_attributes::const_val> / x));
}

struct div_const : unary<body::div_const, div_const_attributes> {
    static constexpr std::string_view name = "DivConst";
};

} // namespace tpu_convert::op
