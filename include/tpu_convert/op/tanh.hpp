// tanh(x).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>
#include <tpu_convert/op/enumerations.hpp>

namespace tpu_convert::op {

struct tanh_attributes {
    tpu_convert::round_mode round_mode = tpu_convert::round_mode::half_away_from_zero;

    static constexpr auto fields() {
        return field_list{attribute{"round_mode", &tanh_attributes::round_mode}};
    }
};

struct tanh : unary<expr::call<expr::tanh, expr::argument<0>>, tanh_attributes> {
    static constexpr std::string_view name = "Tanh";
};

} // namespace tpu_convert::op
