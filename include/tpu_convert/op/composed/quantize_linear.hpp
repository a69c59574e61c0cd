// x / scale rounded, plus the zero point, within 8 bits: whole numbers, for each element of an axis.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct quantize_linear : composed<quantize_linear> {
    static constexpr std::string_view name = "QuantizeLinear";
    static constexpr operand_count operands{1, 1};

    struct attributes {
        std::vector<double> y_scale{};
        std::vector<std::int64_t> y_zero_point{};
        std::int64_t axis = 1;
        // Not in TPU-MLIR, where the result's type says it. Not given: a zero point above 127 does.
        std::optional<bool> is_unsigned{};

        static constexpr auto fields() {
            return field_list{attribute{"y_scale", &attributes::y_scale},
                              attribute{"y_zero_point", &attributes::y_zero_point}, attribute{"axis", &attributes::axis},
                              attribute{"unsigned", &attributes::is_unsigned}};
        }
    };

    static bool has_unsigned_result(attributes const& a) {
        for (auto const z : a.y_zero_point)
            if (z > 127) return true;
        return a.is_unsigned.value_or(false);
    }
    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
