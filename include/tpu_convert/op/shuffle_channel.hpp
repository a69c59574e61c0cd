// Channels [group, C / group] transposed.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tuple>
#include <vector>

namespace tpu_convert::op {

struct shuffle_channel {
    using family = movement_family;
    static constexpr std::string_view name = "ShuffleChannel";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        std::int64_t group = 1;

        static constexpr auto fields() {
            return std::tuple{attribute{"group", &attributes::group}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (in[0].size() < 2 || a.group < 1 || in[0][1] % a.group != 0)
            detail::bad_shape(name, "group " + std::to_string(a.group) + " does not divide the channels of " + to_string(in[0]));
        return {in[0]};
    }
};

} // namespace tpu_convert::op
