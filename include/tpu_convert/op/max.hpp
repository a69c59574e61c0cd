// max(a, b).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using max_of = decltype(max(x, y));
}

struct max : binary<body::max_of> {
    static constexpr std::string_view name = "Max";
};

} // namespace tpu_convert::op
