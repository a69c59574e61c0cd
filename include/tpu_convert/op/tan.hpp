// tan(x).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct tan : unary<expr::call<expr::tan, expr::argument<0>>> {
    static constexpr std::string_view name = "Tan";
};

} // namespace tpu_convert::op
