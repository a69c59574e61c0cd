// Axes rotated: what lies before the offset comes last.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct swap_dim_inner : composed<swap_dim_inner> {
    static constexpr std::string_view name = "SwapDimInner";
    static constexpr operand_count operands{1, 1};

    struct attributes {
        std::vector<std::int64_t> offset{};

        static constexpr auto fields() {
            return field_list{attribute{"offset", &attributes::offset}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
