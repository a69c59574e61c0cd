// x min(max(x / 6 + 1 / 2, 0), 1).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using hard_swish = decltype(x * min(max(x * n<1, 6> + n<1, 2>, n<0>), n<1>));
}

struct hard_swish : unary<body::hard_swish> {
    static constexpr std::string_view name = "HardSwish";
};

} // namespace tpu_convert::op
