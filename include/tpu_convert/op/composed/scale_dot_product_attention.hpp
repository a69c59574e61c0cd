// softmax(scale q k' + mask) v; scale 0 stands for 1 / sqrt(depth).
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct scale_dot_product_attention : composed<scale_dot_product_attention> {
    static constexpr std::string_view name = "ScaleDotProductAttention";
    static constexpr operand_count operands{3, 4};

    struct attributes {
        double dropout_p = 0;
        bool is_causal = false;
        double scale = 0;

        static constexpr auto fields() {
            return field_list{attribute{"dropout_p", &attributes::dropout_p},
                              attribute{"is_causal", &attributes::is_causal}, attribute{"scale", &attributes::scale}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
