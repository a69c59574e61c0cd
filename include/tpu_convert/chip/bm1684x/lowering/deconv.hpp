// Transposed convolution: a convolution over the input with zeros inserted, by the kernel turned by 180 degrees.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/pack.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <>
struct lowering<op::deconv, bm1684x> {
    static kernel_plan<bm1684x> plan(op::deconv::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        bool const biased = c.operands.size() > 2 && c.operands[2];
        if (!c.payloads[1] || (biased && !c.payloads[2]))
            throw model_error{error_code::lowering_missing, c.name, "filters or bias are not constant"};
        window const w = inserted(a, c);
        dims4 const in = as_nchw(c.operands[0]->dims), out = as_nchw(c.results[0]->dims);
        dtype const t = c.operands[0]->type;
        std::int64_t const filters = out[1] / a.group, channels = in[1] / a.group, taps = w.kernel_h * w.kernel_w;
        std::int64_t const unit = bm1684x::ic_parallel(t), row = ceil_div(channels, unit) * unit * taps;
        kernel_plan<bm1684x> p;
        p.inputs = {{0, view::dense(in), t},
                    {1, view::dense({1, out[1], 1, row}), t, local_layout::compact,
                     pack_filters(turned(*c.payloads[1], taps), out[1], channels, taps, t)}};
        if (biased)
            p.inputs.push_back({2, view::dense({1, out[1], 1, 1}), dtype::f32, local_layout::compact,
                                pack_dense(c.payloads[2]->values(), dtype::f32)});
        p.outputs = {{0, view::dense(out), c.results[0]->type}};
        p.cuts = {cut_rule{}, a.group > 1 ? cut_rule{true, filters, filters} : cut_rule{}, cut_rule{false}, cut_rule{false}};
        p.input_box = [in, row, filters, channels](std::size_t i, box const& b) -> box {
            if (i == 2) return {{0, b.begin[1], 0, 0}, {1, b.size[1], 1, 1}};
            if (i == 1) return {{0, b.begin[1], 0, 0}, {1, b.size[1], 1, row}};
            return {{b.begin[0], b.begin[1] / filters * channels, 0, 0}, {b.size[0], channels, in[2], in[3]}};
        };
        p.emit = [w, relu = a.do_relu, limit = a.relu_limit](builder& b, tile const& t) {
            std::optional<local_tensor> bias;
            if (t.inputs.size() > 2) bias = t.inputs[2];
            bm1684x_emit::convolution(b, t.outputs[0], t.inputs[0], t.inputs[1], bias, w);
            if (relu) apply_relu(b, t.outputs[0], limit);
        };
        return p;
    }

private:
    using window = bm1684x_emit::window;

    // y = x with stride - 1 zeros between elements and (k - 1) d - pad around; what output_padding adds lies behind.
    static window inserted(op::deconv::attributes const& a, lowering_context const& c) {
        std::size_t const axes = a.kernel_shape.size();
        window w = bm1684x_lowering::make_window(c.name, a.kernel_shape, a.strides, a.pads,
                                                 a.dilations.value_or(std::vector<std::int64_t>{}));
        w.insert_h = w.stride_h - 1, w.insert_w = w.stride_w - 1;
        w.stride_h = w.stride_w = 1;
        auto const more = a.output_padding.value_or(std::vector<std::int64_t>(axes, 0));
        std::int64_t const reach_h = (w.kernel_h - 1) * w.dilation_h, reach_w = (w.kernel_w - 1) * w.dilation_w;
        w.pads = {reach_h - w.pads[0], reach_h - w.pads[1] + (axes == 2 ? more[0] : 0), reach_w - w.pads[2],
                  reach_w - w.pads[3] + more[axes - 1]};
        bm1684x_lowering::check_window(c.name, w);
        return w;
    }
    static tensor turned(tensor const& filters, std::int64_t taps) {
        tensor t(filters.shape());
        for (std::int64_t i = 0; i < t.size(); ++i) t[i] = filters[i / taps * taps + taps - 1 - i % taps];
        return t;
    }
};

} // namespace tpu_convert
