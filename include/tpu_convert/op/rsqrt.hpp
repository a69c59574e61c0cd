// 1 / sqrt(x).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct rsqrt : unary<expr::call<expr::rsqrt, expr::argument<0>>> {
    static constexpr std::string_view name = "Rsqrt";
};

} // namespace tpu_convert::op
