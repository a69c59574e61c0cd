// min(a, b).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using min_of = decltype(min(x, y));
}

struct min : binary<body::min_of> {
    static constexpr std::string_view name = "Min";
};

} // namespace tpu_convert::op
