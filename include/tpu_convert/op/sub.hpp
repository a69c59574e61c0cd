// a - b, or b - a if is_reverse.
#pragma once
#include <optional>
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>
#include <vector>

namespace tpu_convert::op {

struct sub_attributes {
    bool is_reverse = false;
    bool do_relu = false;
    double relu_limit = -1;
    std::optional<std::vector<double>> coeff{};
    bool is_scalar = false;

    static constexpr auto fields() {
        return field_list{attribute{"is_reverse", &sub_attributes::is_reverse}, attribute{"do_relu", &sub_attributes::do_relu},
                          attribute{"relu_limit", &sub_attributes::relu_limit}, attribute{"coeff", &sub_attributes::coeff},
                          attribute{"is_scalar", &sub_attributes::is_scalar}};
    }
};

namespace body {
using sub_of = decltype(choose<&sub_attributes::is_reverse>(x - y, y - x));
}

struct sub : binary<body::sub_of, sub_attributes> {
    static constexpr std::string_view name = "Sub";
};

} // namespace tpu_convert::op
