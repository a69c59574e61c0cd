// abs(x).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct abs : unary<expr::call<expr::abs, expr::argument<0>>> {
    static constexpr std::string_view name = "Abs";
};

} // namespace tpu_convert::op
