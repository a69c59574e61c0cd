// exp(beta x) over its sum along an axis; with log the logarithm of that.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <tpu_convert/op/infer.hpp>
#include <tuple>
#include <vector>

namespace tpu_convert::op {

struct softmax {
    using family = normalization_family;
    static constexpr std::string_view name = "Softmax";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        std::int64_t axis = -1;
        bool log = false;
        double beta = 1;
        tpu_convert::round_mode round_mode = tpu_convert::round_mode::half_away_from_zero;

        static constexpr auto fields() {
            return std::tuple{attribute{"axis", &attributes::axis}, attribute{"log", &attributes::log},
                              attribute{"beta", &attributes::beta}, attribute{"round_mode", &attributes::round_mode}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        detail::axis_of(name, a.axis, in[0].size());
        return {in[0]};
    }
};

} // namespace tpu_convert::op
