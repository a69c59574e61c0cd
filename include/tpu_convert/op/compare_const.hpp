// x compared with const_val, or const_val with x if inversed; 1 or 0.
#pragma once
#include <string_view>
#include <tpu_convert/op/comparison.hpp>
#include <tpu_convert/op/elementwise.hpp>
#include <tpu_convert/op/enumerations.hpp>

namespace tpu_convert::op {

struct compare_const_attributes {
    compare_mode mode = compare_mode::equal;
    double const_val = 0;
    bool inversed = false;
    bool is_scalar = false;

    static constexpr auto fields() {
        return field_list{attribute{"mode", &compare_const_attributes::mode},
                          attribute{"const_val", &compare_const_attributes::const_val},
                          attribute{"inversed", &compare_const_attributes::inversed},
                          attribute{"is_scalar", &compare_const_attributes::is_scalar}};
    }
};

namespace body {
using compare_const = decltype(choose<&compare_const_attributes::inversed>(comparison<&compare_const_attributes::mode>(x,
    p<&compare_const_attributes::const_val>),
    comparison<&compare_const_attributes::mode>(p<&compare_const_attributes::const_val>, x)));
}

struct compare_const : unary<body::compare_const, compare_const_attributes> {
    static constexpr std::string_view name = "CompareConst";
};

} // namespace tpu_convert::op
