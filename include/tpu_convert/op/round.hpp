// The nearest integer, the even one of two.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct round : unary<expr::call<expr::round_half_even, expr::argument<0>>> {
    static constexpr std::string_view name = "Round";
};

} // namespace tpu_convert::op
