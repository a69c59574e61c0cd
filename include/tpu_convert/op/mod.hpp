// a - b floor(a / b): the sign of b.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using mod = decltype(x - y * floor(x / y));
}

struct mod : binary<body::mod> {
    static constexpr std::string_view name = "Mod";
    static constexpr quantize_rule quantization = quantize_rule::float_only;
};

} // namespace tpu_convert::op
