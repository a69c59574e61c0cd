// (exp(x) - exp(-x)) / 2.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using sinh = decltype(n<1, 2> * (exp(x) - exp(-x)));
}

struct sinh : unary<body::sinh> {
    static constexpr std::string_view name = "Sinh";
};

} // namespace tpu_convert::op
