// min(max(x, min), max).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct clip_attributes {
    double min = 0;
    double max = 0;

    static constexpr auto fields() {
        return field_list{attribute{"min", &clip_attributes::min}, attribute{"max", &clip_attributes::max}};
    }
};

namespace body {
using clip = decltype(min(max(x, p<&clip_attributes::min>), p<&clip_attributes::max>));
}

struct clip : unary<body::clip, clip_attributes> {
    static constexpr std::string_view name = "Clip";
};

} // namespace tpu_convert::op
