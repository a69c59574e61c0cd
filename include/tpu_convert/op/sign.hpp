// -1, 0 or 1.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using sign = decltype(select_greater(x, n<0>, n<1>, select_greater(n<0>, x, n<-1>, n<0>)));
}

struct sign : unary<body::sign> {
    static constexpr std::string_view name = "Sign";
};

} // namespace tpu_convert::op
