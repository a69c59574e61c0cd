// x if x > 0, else slope x.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using prelu = decltype(select_greater(x, n<0>, x, x * y));
}

struct prelu : binary<body::prelu> {
    static constexpr std::string_view name = "PRelu";
};

} // namespace tpu_convert::op
