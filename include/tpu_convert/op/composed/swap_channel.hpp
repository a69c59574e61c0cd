// Channels in another order.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/composition.hpp>
#include <vector>

namespace tpu_convert::op {

struct swap_channel : composed<swap_channel> {
    static constexpr std::string_view name = "SwapChannel";
    static constexpr operand_count operands{1, 1};

    struct attributes {
        std::vector<std::int64_t> channel_order{};

        static constexpr auto fields() {
            return field_list{attribute{"channel_order", &attributes::channel_order}};
        }
    };

    static void compose(attributes const& a, composition& c);
};

} // namespace tpu_convert::op
