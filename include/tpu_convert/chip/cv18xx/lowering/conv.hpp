// Convolution of bf16: sums, bias and ReLU are one command. A transposed one has zeros between the input's elements.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/convolution_plan.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/deconv.hpp>

namespace tpu_convert {

namespace cv18xx_lowering {

inline tensor const& constant_filters(lowering_context const& c) {
    bool const biased = c.operands.size() > 2 && c.operands[2];
    if (!c.payloads[1] || (biased && !c.payloads[2]))
        throw model_error{error_code::lowering_missing, c.name,
                          "filters or bias are computed; cut before it with --output_names"};
    return *c.payloads[1];
}

template <class Chip>
kernel_plan<Chip> float_convolution(convolution_form f, tensor const& filters, fused_relu relu, lowering_context const& c) {
    bool const biased = c.operands.size() > 2 && c.operands[2];
    check_types(c, dtype::bf16, {c.operands[0], c.results[0]});
    f.type = dtype::bf16, f.biased = biased, f.relu = relu.active;
    if (biased) f.channels = bias_halves(*c.payloads[2], as_nchw(c.results[0]->dims)[1]);
    return convolution_plan<Chip>(f, filters, c, [relu](kernel_builder<Chip>& b, local_tensor const& y) {
        if (relu.active && relu.limit > 0) cv18xx_emit::with_constant<"tensor.min">(b, y, y, relu.limit);
    });
}

} // namespace cv18xx_lowering

template <cv18xx_chip Chip>
struct lowering<op::conv, Chip> {
    static kernel_plan<Chip> plan(op::conv::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        auto const dilations = a.dilations.value_or(std::vector<std::int64_t>{});
        window const w = make_window(c.name, a.kernel_shape, a.strides, a.pads, dilations);
        return float_convolution<Chip>({.w = w, .group = a.group}, constant_filters(c), fused_relu_of(a), c);
    }
};

template <cv18xx_chip Chip>
struct lowering<op::deconv, Chip> {
    static kernel_plan<Chip> plan(op::deconv::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        std::size_t const axes = a.kernel_shape.size();
        auto const form = op::deconv::as_convolution(a);
        window w = make_window(c.name, a.kernel_shape, {}, form.pads, form.dilations);
        w.insert_h = axes == 2 ? form.inserts[0] : 0, w.insert_w = form.inserts[axes - 1];
        auto p = float_convolution<Chip>({.w = w, .group = a.group}, op::deconv::turned(a, constant_filters(c)),
                                         fused_relu_of(a), c);
        p.cuts[2].multiple = w.insert_h + 1, p.cuts[3].multiple = w.insert_w + 1; // a tile reads some of the input
        for (std::size_t i = 0; i < axes; ++i) // not what output_padding adds
            if (a.output_padding && (*a.output_padding)[i] > 0) p.cuts[i + 4 - axes].allowed = false;
        return p;
    }
};

} // namespace tpu_convert
