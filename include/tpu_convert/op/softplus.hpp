// log(1 + exp(x)), as max(x, 0) + log(1 + exp(-|x|)).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using softplus = decltype(max(x, n<0>) + log(n<1> + exp(-abs(x))));
}

struct softplus : unary<body::softplus> {
    static constexpr std::string_view name = "Softplus";
};

} // namespace tpu_convert::op
