// x tanh(log(1 + exp(x))) = x n / (n + 2) with n = t (t + 2), t = exp(min(x, 20)).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using mish = decltype(let<1>(exp(min(x, n<20>)), let<2>(y * (y + n<2>), x * (z / (z + n<2>)))));
}

struct mish : unary<body::mish> {
    static constexpr std::string_view name = "Mish";
};

} // namespace tpu_convert::op
