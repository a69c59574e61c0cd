// x w, where w is stored as 8 or 4 bit numbers with a scale and a zero point for each group.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct a16_mat_mul : composed<a16_mat_mul> {
    static constexpr std::string_view name = "A16MatMul";
    static constexpr operand_count operands{4, 5};

    struct attributes {
        bool right_transpose = false;
        std::int64_t q_group_size = 128;
        std::int64_t weight_bits = 8;
        std::string dq_type{"NONE"};
        std::optional<std::string> quant_scheme{};
        std::optional<std::string> weight_format{};

        static constexpr auto fields() {
            return field_list{attribute{"right_transpose", &attributes::right_transpose},
                              attribute{"q_group_size", &attributes::q_group_size},
                              attribute{"weight_bits", &attributes::weight_bits},
                              attribute{"dq_type", &attributes::dq_type},
                              attribute{"quant_scheme", &attributes::quant_scheme},
                              attribute{"weight_format", &attributes::weight_format}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
