// Batch normalization by the batch's own statistics, which are results too, with the running ones.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct batch_norm_train : composed<batch_norm_train> {
    static constexpr std::string_view name = "BatchNormTrain";
    static constexpr operand_count operands{3, 5};

    struct attributes {
        double epsilon = 1e-05;
        double momentum = 0.1;
        bool do_relu = false;
        double relu_limit = -1;

        static constexpr auto fields() {
            return field_list{attribute{"epsilon", &attributes::epsilon},
                              attribute{"momentum", &attributes::momentum},
                              attribute{"do_relu", &attributes::do_relu},
                              attribute{"relu_limit", &attributes::relu_limit}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
