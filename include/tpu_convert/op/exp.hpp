// exp(x).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct exp : unary<expr::call<expr::exp, expr::argument<0>>> {
    static constexpr std::string_view name = "Exp";
};

} // namespace tpu_convert::op
