// Gradient of an embedding: row i is the sum of the gradients where the index is i.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct emb_dense_bwd : composed<emb_dense_bwd> {
    static constexpr std::string_view name = "EmbDenseBwd";
    static constexpr operand_count operands{2, 2};

    struct attributes {
        std::int64_t num_weights = 0;

        static constexpr auto fields() {
            return field_list{attribute{"num_weights", &attributes::num_weights}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
