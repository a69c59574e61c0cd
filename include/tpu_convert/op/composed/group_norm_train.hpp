// Group normalization with the mean and 1 / deviation of each group.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct group_norm_train : composed<group_norm_train> {
    static constexpr std::string_view name = "GroupNormTrain";
    static constexpr operand_count operands{1, 3};

    struct attributes {
        std::int64_t num_groups = 0;
        double eps = 0;

        static constexpr auto fields() {
            return field_list{attribute{"num_groups", &attributes::num_groups}, attribute{"eps", &attributes::eps}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
