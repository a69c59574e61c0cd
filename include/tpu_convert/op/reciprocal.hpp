// const_val / x.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct reciprocal_attributes {
    double const_val = 1;
    bool do_relu = false;
    double relu_limit = -1;

    static constexpr auto fields() {
        return field_list{attribute{"const_val", &reciprocal_attributes::const_val},
                          attribute{"do_relu", &reciprocal_attributes::do_relu},
                          attribute{"relu_limit", &reciprocal_attributes::relu_limit}};
    }
};

namespace body {
using reciprocal = decltype(p<&reciprocal_attributes::const_val> / x);
}

struct reciprocal : unary<body::reciprocal, reciprocal_attributes> {
    static constexpr std::string_view name = "Reciprocal";
};

} // namespace tpu_convert::op
