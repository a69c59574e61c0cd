// Another element type: whole numbers lose the fraction, booleans are 1 where the input is not 0.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tuple>
#include <vector>

namespace tpu_convert::op {

struct cast {
    using family = unary_family;
    static constexpr std::string_view name = "Cast";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::keep_scale;

    struct attributes {
        tpu_convert::round_mode round_mode = tpu_convert::round_mode::half_away_from_zero;
        std::string to;

        static constexpr auto fields() {
            return std::tuple{attribute{"round_mode", &attributes::round_mode}, attribute{"to", &attributes::to}};
        }
    };

    static std::vector<shape> infer(attributes const&, std::span<shape const> in) {
        return {in[0]};
    }
};

} // namespace tpu_convert::op
