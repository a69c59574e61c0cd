// 1 if both are not 0, else 0.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

namespace body {
using logical_and = decltype(min(truth(x), truth(y)));
}

struct logical_and : binary<body::logical_and> {
    static constexpr std::string_view name = "LogicalAnd";
    static constexpr quantize_rule quantization = quantize_rule::float_only;
};

} // namespace tpu_convert::op
