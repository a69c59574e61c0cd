// x / (bias + alpha / size * sum of x^2 over `size` channels around)^beta.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/op/attributes.hpp>
#include <tpu_convert/op/concepts.hpp>
#include <tpu_convert/op/infer.hpp>
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
            return field_list{attribute{"size", &attributes::size}, attribute{"alpha", &attributes::alpha},
                              attribute{"beta", &attributes::beta}, attribute{"bias", &attributes::bias}};
        }
    };

    static std::vector<shape> infer(attributes const& a, std::span<shape const> in) {
        if (in[0].size() < 2) detail::bad_shape(name, "input " + to_string(in[0]) + " has no channel axis");
        if (a.size < 1) detail::bad_attribute(name, "size must be at least 1");
        return {in[0]};
    }

    template <class Tensor>
    static void evaluate(attributes const& a, std::span<Tensor const* const> in, std::span<Tensor> out) {
        using T = typename Tensor::value_type;
        auto const& x = *in[0];
        auto const channels = x.dim(1), plane = x.size() / std::max<std::int64_t>(1, x.dim(0) * channels);
        for (std::int64_t n = 0; n < x.dim(0); ++n)
            for (std::int64_t c = 0; c < channels; ++c)
                for (std::int64_t p = 0; p < plane; ++p) {
                    double sum = 0;
                    auto const first = std::max<std::int64_t>(0, c - (a.size - 1) / 2),
                               last = std::min(channels - 1, c + a.size / 2);
                    for (auto k = first; k <= last; ++k) {
                        double const v = static_cast<double>(x[(n * channels + k) * plane + p]);
                        sum += v * v;
                    }
                    auto const i = (n * channels + c) * plane + p;
                    out[0][i] = static_cast<T>(x[i] / std::pow(a.bias + a.alpha / static_cast<double>(a.size) * sum, a.beta));
                }
    }
};

} // namespace tpu_convert::op
