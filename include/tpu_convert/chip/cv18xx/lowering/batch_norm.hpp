// BatchNorm with constant statistics: a convolution with one factor and one bias for each channel.
#pragma once
#include <cmath>
#include <tpu_convert/chip/cv18xx/lowering/conv.hpp>
#include <tpu_convert/op/batch_norm.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::batch_norm, Chip> {
    static kernel_plan<Chip> plan(op::batch_norm::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        for (std::size_t i = 1; i < c.operands.size(); ++i)
            if (c.operands[i] && !c.payloads[i])
                throw model_error{error_code::lowering_missing, c.name, "its statistics are not constant"};
        check_types(c, dtype::bf16, {c.operands[0], c.results[0]});
        auto const value = [&](std::size_t i, std::int64_t k, double otherwise) {
            return i < c.payloads.size() && c.payloads[i] ? static_cast<double>((*c.payloads[i])[k]) : otherwise;
        };
        std::int64_t const channels = c.results[0]->dims[1];
        tensor factor(shape{channels}), bias(shape{channels});
        for (std::int64_t k = 0; k < channels; ++k) {
            factor[k] = static_cast<float>(value(3, k, 1) / std::sqrt(value(2, k, 1) + a.epsilon));
            bias[k] = static_cast<float>(value(4, k, 0) - value(1, k, 0) * factor[k]);
        }
        auto const relu = fused_relu_of(a);
        convolution_form const f{.w = {}, .group = channels, .type = dtype::bf16, .channels = bias_halves(bias, channels),
                                 .biased = true, .relu = relu.active};
        return convolution_plan<Chip>(f, factor, c, [relu](kernel_builder<Chip>& b, local_tensor const& y) {
            if (relu.active && relu.limit > 0) cv18xx_emit::with_constant<"tensor.min">(b, y, y, relu.limit);
        });
    }
};

} // namespace tpu_convert
