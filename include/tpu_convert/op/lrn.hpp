// x / (bias + alpha / size * sum of x^2 over `size` channels around)^beta.
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

struct lrn {
    using family = normalization_family;
    static constexpr std::string_view name = "LRN";
    static constexpr operand_count operands{1, 1};
    static constexpr quantize_rule quantization = quantize_rule::float_only;

    struct attributes {
        std::int64_t size = 1;
        double alpha = 1e-4;
        double beta = 0.75;
        double bias = 1;

        static constexpr auto fields() {
            return std::tuple{attribute{"size", &attributes::size}, attribute{"alpha", &attributes::alpha},
                              attribute{"beta", &attributes::beta}, attribute{"bias", &attributes::bias}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (in[0].size() < 2) detail::bad_shape(name, "input " + to_string(in[0]) + " has no channel axis");
        if (a.size < 1) detail::bad_attribute(name, "size must be at least 1");
        return {in[0]};
    }
};

} // namespace tpu_convert::op
