// (silu(x gate) * (x up)) down, the products with biases.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct mlp : composed<mlp> {
    static constexpr std::string_view name = "Mlp";
    static constexpr operand_count operands{4, 14};

    struct attributes {
        bool right_transpose_gate = true;
        bool right_transpose_up = true;
        bool right_transpose_down = false;
        bool is_expert = false;
        bool quantized = false;
        std::int64_t q_group_size = 128;
        std::int64_t weight_bits = 8;
        std::int64_t num_expert = 1;
        std::int64_t num_expert_per_tok = 1;

        static constexpr auto fields() {
            return field_list{attribute{"right_transpose_gate", &attributes::right_transpose_gate},
                              attribute{"right_transpose_up", &attributes::right_transpose_up},
                              attribute{"right_transpose_down", &attributes::right_transpose_down},
                              attribute{"is_expert", &attributes::is_expert},
                              attribute{"quantized", &attributes::quantized},
                              attribute{"q_group_size", &attributes::q_group_size},
                              attribute{"weight_bits", &attributes::weight_bits},
                              attribute{"num_expert", &attributes::num_expert},
                              attribute{"num_expert_per_tok", &attributes::num_expert_per_tok}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
