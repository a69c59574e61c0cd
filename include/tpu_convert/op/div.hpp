// a / b, or b / a if is_reverse.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct div_attributes {
    bool is_reverse = false;
    bool do_relu = false;
    double relu_limit = -1;
    bool is_scalar = false;

    static constexpr auto fields() {
        return field_list{attribute{"is_reverse", &div_attributes::is_reverse}, attribute{"do_relu", &div_attributes::do_relu},
                          attribute{"relu_limit", &div_attributes::relu_limit},
                          attribute{"is_scalar", &div_attributes::is_scalar}};
    }
};

namespace body {
using div = decltype(choose<&div_attributes::is_reverse>(x / y, y / x));
}

struct div : binary<body::div, div_attributes> {
    static constexpr std::string_view name = "Div";
};

} // namespace tpu_convert::op
