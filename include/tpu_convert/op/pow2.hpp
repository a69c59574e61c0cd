// const_val^x.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct pow2_attributes {
    double const_val = 0;

    static constexpr auto fields() {
        return field_list{attribute{"const_val", &pow2_attributes::const_val}};
    }
};

namespace body {
using pow2 = decltype(power(p<&pow2_attributes::const_val>, x));
}

struct pow2 : unary<body::pow2, pow2_attributes> {
    static constexpr std::string_view name = "Pow2";
};

} // namespace tpu_convert::op
