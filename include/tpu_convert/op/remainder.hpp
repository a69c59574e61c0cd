// a - b floor(a / b): the sign of b.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using remainder = decltype(x - y * floor(x / y));
}

struct remainder : binary<body::remainder> {
    static constexpr std::string_view name = "Remainder";
    static constexpr quantize_rule quantization = quantize_rule::float_only;
};

} // namespace tpu_convert::op
