// tbrn where cond is not 0, else fbrn; a branch that is constant is given by its value.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct where_attributes {
    bool x_is_const = false;
    bool y_is_const = false;
    double x_const_val = 0;
    double y_const_val = 0;

    static constexpr auto fields() {
        return field_list{attribute{"x_is_const", &where_attributes::x_is_const},
                          attribute{"y_is_const", &where_attributes::y_is_const},
                          attribute{"x_const_val", &where_attributes::x_const_val},
                          attribute{"y_const_val", &where_attributes::y_const_val}};
    }
};

namespace body {
using where = decltype(choose<&where_attributes::x_is_const>(choose<&where_attributes::y_is_const>(select_equal(x, n<0>, z,
    y), select_equal(x, n<0>, p<&where_attributes::y_const_val>, y)), choose<&where_attributes::y_is_const>(select_equal(x,
    n<0>, z, p<&where_attributes::x_const_val>), select_equal(x, n<0>, p<&where_attributes::y_const_val>,
    p<&where_attributes::x_const_val>))));
}

struct where : ternary<body::where, where_attributes> {
    static constexpr std::string_view name = "Where";
    static constexpr operand_count operands{1, 3};
    static constexpr quantize_rule quantization = quantize_rule::float_only;
};

} // namespace tpu_convert::op
