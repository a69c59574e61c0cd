// (exp(x) + exp(-x)) / 2.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using cosh = decltype(n<1, 2> * (exp(x) + exp(-x)));
}

struct cosh : unary<body::cosh> {
    static constexpr std::string_view name = "Cosh";
};

} // namespace tpu_convert::op
