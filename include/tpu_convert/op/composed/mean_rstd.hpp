// What training a batch normalization needs: mean, 1 / deviation, both running values, and the scale and bias of its result.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct mean_rstd : composed<mean_rstd> {
    static constexpr std::string_view name = "MeanRstd";
    static constexpr operand_count operands{5, 5};

    struct attributes {
        double eps = 0;
        double momentum = 0;

        static constexpr auto fields() {
            return field_list{attribute{"eps", &attributes::eps}, attribute{"momentum", &attributes::momentum}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
