// a b.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct mul_attributes {
    bool do_relu = false;
    double relu_limit = -1;
    bool is_scalar = false;

    static constexpr auto fields() {
        return field_list{attribute{"do_relu", &mul_attributes::do_relu}, attribute{"relu_limit", &mul_attributes::relu_limit},
                          attribute{"is_scalar", &mul_attributes::is_scalar}};
    }
};

namespace body {
using mul = decltype(x * y);
}

struct mul : binary<body::mul, mul_attributes> {
    static constexpr std::string_view name = "Mul";
};

} // namespace tpu_convert::op
