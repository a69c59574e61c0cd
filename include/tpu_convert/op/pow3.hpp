// a^b.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using pow3 = decltype(power(x, y));
}

struct pow3 : binary<body::pow3> {
    static constexpr std::string_view name = "Pow3";
    static constexpr quantize_rule quantization = quantize_rule::float_only;
};

} // namespace tpu_convert::op
