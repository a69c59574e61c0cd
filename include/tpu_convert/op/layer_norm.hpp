// (x - mean) / sqrt(variance + eps) over the axes from `axis` on, then weight and bias.
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

struct layer_norm {
    using family = normalization_family;
    static constexpr std::string_view name = "LayerNorm";
    static constexpr operand_count operands{1, 3};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        std::vector<std::int64_t> normalized_shape;
        std::int64_t axis = -1;
        double eps = 1e-5;

        static constexpr auto fields() {
            return std::tuple{attribute{"normalized_shape", &attributes::normalized_shape},
                              attribute{"axis", &attributes::axis}, attribute{"eps", &attributes::eps}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        detail::axis_of(name, a.axis, in[0].size());
        return {in[0]};
    }
};

} // namespace tpu_convert::op
