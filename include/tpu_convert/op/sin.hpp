// sin(x).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct sin : unary<expr::call<expr::sin, expr::argument<0>>> {
    static constexpr std::string_view name = "Sin";
};

} // namespace tpu_convert::op
