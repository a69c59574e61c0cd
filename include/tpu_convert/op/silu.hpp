// x / (1 + exp(-x)).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using silu = decltype(x / (n<1> + exp(-x)));
}

struct silu : unary<body::silu> {
    static constexpr std::string_view name = "SiLU";
};

} // namespace tpu_convert::op
