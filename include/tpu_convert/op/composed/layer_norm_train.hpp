// Layer normalization with the mean and 1 / deviation of each row.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct layer_norm_train : composed<layer_norm_train> {
    static constexpr std::string_view name = "LayerNormTrain";
    static constexpr operand_count operands{1, 3};

    struct attributes {
        std::vector<std::int64_t> normalized_shape{};
        std::int64_t axis = 0;
        double eps = 0;

        static constexpr auto fields() {
            return field_list{attribute{"normalized_shape", &attributes::normalized_shape},
                              attribute{"axis", &attributes::axis}, attribute{"eps", &attributes::eps}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
