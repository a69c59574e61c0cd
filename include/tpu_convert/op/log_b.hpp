// The logarithm of x to a whole base.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/elementwise.hpp>

namespace tpu_convert::op {

struct log_b_attributes {
    std::int64_t base = 2;

    static constexpr auto fields() {
        return field_list{attribute{"base", &log_b_attributes::base}};
    }
};

namespace body {
using log_b = decltype(log(x) / log(p<&log_b_attributes::base>));
}

struct log_b : unary<body::log_b, log_b_attributes> {
    static constexpr std::string_view name = "LogB";
};

} // namespace tpu_convert::op
