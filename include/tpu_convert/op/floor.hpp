// The largest integer that is not above x.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct floor_attributes {
    bool is_scalar = false;

    static constexpr auto fields() {
        return field_list{attribute{"is_scalar", &floor_attributes::is_scalar}};
    }
};

struct floor : unary<expr::call<expr::floor, expr::argument<0>>, floor_attributes> {
    static constexpr std::string_view name = "Floor";
};

} // namespace tpu_convert::op
