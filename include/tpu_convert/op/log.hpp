// log(x).
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct log : unary<expr::call<expr::log, expr::argument<0>>> {
    static constexpr std::string_view name = "Log";
};

} // namespace tpu_convert::op
