// BatchNorm with constant statistics: a convolution with one factor and one bias for each channel.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/conv.hpp>
#include <tpu_convert/lower/batch_norm_factors.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::batch_norm, Chip> {
    static kernel_plan<Chip> plan(op::batch_norm::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        auto const made = constant_batch_norm(a, c);
        check_types(c, dtype::bf16, {c.operands[0], c.results[0]});
        auto const channels = std::ssize(made.factor);
        tensor const factor({channels}, made.factor), bias({channels}, made.bias);
        auto const relu = fused_relu_of(a);
        convolution_form const f{.w = {}, .group = channels, .type = dtype::bf16, .channels = bias_halves(bias, channels),
                                 .biased = true, .relu = relu.active};
        return convolution_plan<Chip>(f, factor, c, [relu](kernel_builder<Chip>& b, local_tensor const& y) {
            if (relu.active && relu.limit > 0) cv18xx_emit::with_constant<"tensor.min">(b, y, y, relu.limit);
        });
    }
};

} // namespace tpu_convert
