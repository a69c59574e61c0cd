// Gradient of a softmax: y (g - sum of g y).
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct softmax_bwd : composed<softmax_bwd> {
    static constexpr std::string_view name = "SoftmaxBwd";
    static constexpr operand_count operands{2, 2};

    struct attributes {
        std::int64_t dim = 0;

        static constexpr auto fields() {
            return field_list{attribute{"dim", &attributes::dim}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
