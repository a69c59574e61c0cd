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
            throw model_error{error_code::lowering_missing, c.name,
                              "filters or bias are computed; cut before it with --output_names"};
        window const w = inserted(a, c);
        dims4 const in = as_nchw(c.operands[0]->dims), out = as_nchw(c.results[0]->dims);
        dtype const t = c.operands[0]->type;
        std::int64_t const filters = out[1] / a.group, channels = in[1] / a.group, taps = w.kernel_h * w.kernel_w;
        std::int64_t const unit = bm1684x::ic_parallel(t), row = ceil_div(channels, unit) * unit * taps;
        kernel_plan<bm1684x> p;
        p.inputs = {{0, view::dense(in), t},
                    {1, view::dense({1, out[1], 1, row}), t, local_layout::compact,
                     pack_filters(op::deconv::turned(a, *c.payloads[1]), out[1], channels, taps, t)}};
        if (biased)
            p.inputs.push_back({2, view::dense({1, out[1], 1, 1}), dtype::f32, local_layout::compact,
                                pack_dense(c.payloads[2]->values(), dtype::f32)});
        p.outputs = {{0, view::dense(out), c.results[0]->type}};
        p.cuts = {cut_rule{}, a.group > 1 ? cut_rule{true, filters, filters} : cut_rule{}, rows_between(w.insert_h, a, 0),
                  rows_between(w.insert_w, a, a.kernel_shape.size() - 1)};
        p.input_box = [w, in, row, filters, channels](std::size_t i, box const& b) -> box {
            if (i == 2) return {{0, b.begin[1], 0, 0}, {1, b.size[1], 1, 1}};
            if (i == 1) return {{0, b.begin[1], 0, 0}, {1, b.size[1], 1, row}};
            box x = window_box(w, in, b);
            x.begin[1] = b.begin[1] / filters * channels, x.size[1] = channels;
            return x;
        };
        p.emit = [w, in, relu = a.do_relu, limit = a.relu_limit](builder& b, tile const& t) {
            std::optional<local_tensor> bias;
            if (t.inputs.size() > 2) bias = t.inputs[2];
            bm1684x_emit::convolution(b, t.outputs[0], t.inputs[0], t.inputs[1], bias,
                                      tile_window(w, in, t.out));
            if (relu) apply_relu(b, t.outputs[0], limit);
        };
        return p;
    }

private:
    using window = bm1684x_emit::window;

    // A tile of whole strides reads some input; what output_padding adds at the end may lie behind all of it.
    static cut_rule rows_between(std::int64_t inserted, op::deconv::attributes const& a, std::size_t axis) {
        std::size_t const axes = a.kernel_shape.size();
        auto const at = [](auto const& list, std::size_t i) { return i < list.size() ? list[i] : 0; };
        return {at(a.output_padding.value_or(shape{}), axis) <= at(a.pads, axes + axis), inserted + 1};
    }

    static window inserted(op::deconv::attributes const& a, lowering_context const& c) {
        std::size_t const axes = a.kernel_shape.size();
        auto const form = op::deconv::as_convolution(a);
        window w = bm1684x_lowering::make_window(c.name, a.kernel_shape, {}, form.pads, form.dilations);
        w.insert_h = axes == 2 ? form.inserts[0] : 0, w.insert_w = form.inserts[axes - 1];
        bm1684x_lowering::check_window(c.name, w);
        return w;
    }
};

} // namespace tpu_convert
