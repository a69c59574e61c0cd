// x^exponent.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct pow_attributes {
    double exponent = 1;

    static constexpr auto fields() {
        return field_list{attribute{"exponent", &pow_attributes::exponent}};
    }
};

namespace body {
using pow = decltype(power(x, p<&pow_attributes::exponent>));
}

struct pow : unary<body::pow, pow_attributes> {
    static constexpr std::string_view name = "Pow";
};

} // namespace tpu_convert::op
