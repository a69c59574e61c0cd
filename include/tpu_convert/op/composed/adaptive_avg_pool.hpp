// Means of windows that share an axis out evenly.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct adaptive_avg_pool : composed<adaptive_avg_pool> {
    static constexpr std::string_view name = "AdaptiveAvgPool";
    static constexpr operand_count operands{1, 1};

    struct attributes {
        std::vector<std::int64_t> output_size{};

        static constexpr auto fields() {
            return field_list{attribute{"output_size", &attributes::output_size}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
