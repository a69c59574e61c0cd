// cos(x).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct cos : unary<expr::call<expr::cos, expr::argument<0>>> {
    static constexpr std::string_view name = "Cos";
};

} // namespace tpu_convert::op
