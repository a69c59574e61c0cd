// Two axes change places.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>

namespace tpu_convert::op {

struct transpose : composed<transpose> {
    static constexpr std::string_view name = "Transpose";
    static constexpr operand_count operands{1, 1};

    struct attributes {
        std::int64_t dim0 = 0;
        std::int64_t dim1 = 0;

        static constexpr auto fields() {
            return field_list{attribute{"dim0", &attributes::dim0}, attribute{"dim1", &attributes::dim1}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
