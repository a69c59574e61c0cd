// The angle whose cosine is x.
#pragma once
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct arccos : unary<expr::call<expr::acos, expr::argument<0>>> {
    static constexpr std::string_view name = "Arccos";
};

} // namespace tpu_convert::op
