// Gated recurrent unit: gates z, r, h.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct gru : composed<gru> {
    static constexpr std::string_view name = "GRU";
    static constexpr operand_count operands{3, 5};

    struct attributes {
        std::int64_t hidden_size = 0;
        bool bidirectional = false;
        bool linear_before_reset = true;
        bool batch_first = false;

        static constexpr auto fields() {
            return field_list{attribute{"hidden_size", &attributes::hidden_size},
                              attribute{"bidirectional", &attributes::bidirectional},
                              attribute{"linear_before_reset", &attributes::linear_before_reset},
                              attribute{"batch_first", &attributes::batch_first}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
