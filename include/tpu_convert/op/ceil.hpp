// The smallest integer that is not below x.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct ceil : unary<expr::call<expr::ceil, expr::argument<0>>> {
    static constexpr std::string_view name = "Ceil";
};

} // namespace tpu_convert::op
