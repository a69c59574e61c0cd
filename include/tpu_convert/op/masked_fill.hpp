// const_val where cond is not 0 (where it is 0 if inversed), else brn.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct masked_fill_attributes {
    bool inversed = false;
    double const_val = 0;

    static constexpr auto fields() {
        return field_list{attribute{"inversed", &masked_fill_attributes::inversed},
                          attribute{"const_val", &masked_fill_attributes::const_val}};
    }
};

namespace body {
using masked_fill = decltype(choose<&masked_fill_attributes::inversed>(select_equal(x, n<0>, y,
    p<&masked_fill_attributes::const_val>), select_equal(x, n<0>, p<&masked_fill_attributes::const_val>, y)));
}

struct masked_fill : binary<body::masked_fill, masked_fill_attributes> {
    static constexpr std::string_view name = "MaskedFill";
    static constexpr quantize_rule quantization = quantize_rule::float_only;
};

} // namespace tpu_convert::op
