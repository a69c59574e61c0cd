// x / sqrt(mean of x^2 + eps) over the axes from `axis` on, times gamma.
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

struct rms_norm {
    using family = normalization_family;
    static constexpr std::string_view name = "RMSNorm";
    static constexpr operand_count operands{1, 2};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        double eps = 1e-6;
        std::int64_t axis = -1;
        bool weight_keep_f32 = false;

        static constexpr auto fields() {
            return std::tuple{attribute{"eps", &attributes::eps}, attribute{"axis", &attributes::axis},
                              attribute{"weight_keep_f32", &attributes::weight_keep_f32}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        detail::axis_of(name, a.axis, in[0].size());
        return {in[0]};
    }
};

} // namespace tpu_convert::op
