// max(x, const_val).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct max_const_attributes {
    double const_val = 0;
    bool is_scalar = false;

    static constexpr auto fields() {
        return field_list{attribute{"const_val", &max_const_attributes::const_val},
                          attribute{"is_scalar", &max_const_attributes::is_scalar}};
    }
};

namespace body {
using max_const = decltype(max(x, p<&max_const_attributes::const_val>));
}

struct max_const : unary<body::max_const, max_const_attributes> {
    static constexpr std::string_view name = "MaxConst";
};

} // namespace tpu_convert::op
