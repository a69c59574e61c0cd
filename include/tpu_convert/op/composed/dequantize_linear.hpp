// (x - zero point) scale, for each element of an axis.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct dequantize_linear : composed<dequantize_linear> {
    static constexpr std::string_view name = "DequantizeLinear";
    static constexpr operand_count operands{1, 1};

    struct attributes {
        std::vector<double> x_scale{};
        std::vector<std::int64_t> x_zero_point{};
        std::int64_t axis = 1;

        static constexpr auto fields() {
            return field_list{attribute{"x_scale", &attributes::x_scale},
                              attribute{"x_zero_point", &attributes::x_zero_point},
                              attribute{"axis", &attributes::axis}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
