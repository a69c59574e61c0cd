// a + b.
#pragma once
#include <optional>
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>
#include <vector>

namespace tpu_convert::op {

struct add_attributes {
    bool do_relu = false;
    double relu_limit = -1;
    std::optional<std::vector<double>> coeff{};
    bool is_scalar = false;

    static constexpr auto fields() {
        return field_list{attribute{"do_relu", &add_attributes::do_relu}, attribute{"relu_limit", &add_attributes::relu_limit},
                          attribute{"coeff", &add_attributes::coeff}, attribute{"is_scalar", &add_attributes::is_scalar}};
    }
};

namespace body {
using add_of = decltype(x + y);
}

struct add : binary<body::add_of, add_attributes> {
    static constexpr std::string_view name = "Add";
};

} // namespace tpu_convert::op
