// sqrt(x).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct sqrt : unary<expr::call<expr::sqrt, expr::argument<0>>> {
    static constexpr std::string_view name = "Sqrt";
};

} // namespace tpu_convert::op
