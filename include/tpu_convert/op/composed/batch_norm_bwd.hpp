// Gradients of a batch normalization: of its input, weight and bias.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct batch_norm_bwd : composed<batch_norm_bwd> {
    static constexpr std::string_view name = "BatchNormBwd";
    static constexpr operand_count operands{2, 5};

    struct attributes {
        double epsilon = 1e-05;

        static constexpr auto fields() {
            return field_list{attribute{"epsilon", &attributes::epsilon}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
