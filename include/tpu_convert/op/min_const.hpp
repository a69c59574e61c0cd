// min(x, const_val).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct min_const_attributes {
    double const_val = 0;
    bool is_scalar = false;

    static constexpr auto fields() {
        return field_list{attribute{"const_val", &min_const_attributes::const_val},
                          attribute{"is_scalar", &min_const_attributes::is_scalar}};
    }
};

namespace body {
using min_const = decltype(min(x, p<&min_const_attributes::const_val>));
}

struct min_const : unary<body::min_const, min_const_attributes> {
    static constexpr std::string_view name = "MinConst";
};

} // namespace tpu_convert::op
