// x / (1 + |x|).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using softsign = decltype(x / (n<1> + abs(x)));
}

struct softsign : unary<body::softsign> {
    static constexpr std::string_view name = "Softsign";
};

} // namespace tpu_convert::op
