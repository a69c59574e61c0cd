// Gradients of a layer normalization: of its input, weight and bias; `variance` is 1 / deviation.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct layer_norm_bwd : composed<layer_norm_bwd> {
    static constexpr std::string_view name = "LayerNormBwd";
    static constexpr operand_count operands{4, 6};

    struct attributes {
        std::vector<std::int64_t> normalized_shape{};

        static constexpr auto fields() {
            return field_list{attribute{"normalized_shape", &attributes::normalized_shape}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
