// a compared with b, as 1 or 0; Not is of a alone.
#pragma once
#include <string_view>
#include <tpu_convert/op/comparison.hpp>
#include <tpu_convert/op/elementwise.hpp>
#include <tpu_convert/op/enumerations.hpp>

namespace tpu_convert::op {

struct compare_attributes {
    compare_mode mode = compare_mode::equal;

    static constexpr auto fields() {
        return field_list{attribute{"mode", &compare_attributes::mode}};
    }
};

namespace body {
using compare = decltype(comparison<&compare_attributes::mode>(x, y));
}

struct compare : binary<body::compare, compare_attributes> {
    static constexpr std::string_view name = "Compare";
    static constexpr quantize_rule quantization = quantize_rule::float_only;
};

} // namespace tpu_convert::op
