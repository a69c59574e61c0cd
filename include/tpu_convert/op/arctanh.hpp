// log((1 + x) / (1 - x)) / 2.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using arctanh = decltype(n<1, 2> * log((n<1> + x) / (n<1> - x)));
}

struct arctanh : unary<body::arctanh> {
    static constexpr std::string_view name = "Arctanh";
};

} // namespace tpu_convert::op
