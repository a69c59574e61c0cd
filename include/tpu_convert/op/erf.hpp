// The error function.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct erf : unary<expr::call<expr::erf, expr::argument<0>>> {
    static constexpr std::string_view name = "Erf";
};

} // namespace tpu_convert::op
