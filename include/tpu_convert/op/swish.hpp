// x / (1 + exp(-beta x)).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>
#include <tpu_convert/op/enumerations.hpp>

namespace tpu_convert::op {

struct swish_attributes {
    double beta = 1;
    tpu_convert::round_mode round_mode = tpu_convert::round_mode::half_away_from_zero;

    static constexpr auto fields() {
        return field_list{attribute{"beta", &swish_attributes::beta}, attribute{"round_mode", &swish_attributes::round_mode}};
    }
};

namespace body {
using swish = decltype(x / (n<1> + exp(-(x * p<&swish_attributes::beta>))));
}

struct swish : unary<body::swish, swish_attributes> {
    static constexpr std::string_view name = "Swish";
};

} // namespace tpu_convert::op
