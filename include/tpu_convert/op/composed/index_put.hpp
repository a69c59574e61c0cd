// Rows of the input at the indices are replaced by the values, or added to.
#pragma once
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct index_put : composed<index_put> {
    static constexpr std::string_view name = "IndexPut";
    static constexpr operand_count operands{3, 3};

    struct attributes {
        bool accumulate = false;

        static constexpr auto fields() {
            return field_list{attribute{"accumulate", &attributes::accumulate}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
