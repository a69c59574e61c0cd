// A sum of products by an equation like 'ab,bc->ac'.
#pragma once
#include <string>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct einsum : composed<einsum> {
    static constexpr std::string_view name = "Einsum";
    static constexpr operand_count operands{1, any_number};

    struct attributes {
        std::string mode{};

        static constexpr auto fields() {
            return field_list{attribute{"mode", &attributes::mode}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
