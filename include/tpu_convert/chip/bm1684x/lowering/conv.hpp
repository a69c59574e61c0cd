// Convolution: dense and grouped by CONV, one kernel per channel by the depthwise command.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/pack.hpp>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window_rows.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/conv.hpp>

namespace tpu_convert {

template <>
struct lowering<op::conv, bm1684x> {
    static kernel_plan<bm1684x> plan(op::conv::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        if (!c.payloads[1] || (c.operands.size() > 2 && c.operands[2] && !c.payloads[2]))
            throw model_error{error_code::lowering_missing, c.name,
                              "filters or bias are computed; cut before it with --output_names"};
        window w = make_window(c.name, a.kernel_shape, a.strides, a.pads, a.dilations.value_or(std::vector<std::int64_t>{}));
        check_window(c.name, w);
        dims4 in = as_nchw(c.operands[0]->dims);
        dims4 const out = as_nchw(c.results[0]->dims);
        bool const per_channel = a.group == in[1] && a.group == out[1] && a.group > 1;
        kernel_plan<bm1684x> p;
        if (per_channel) p = depthwise_operands(c, w, in);
        else if (auto packed = pack_window_rows(w, in, out, c)) p = std::move(*packed);
        else p = dense_operands(a, c, w, in, out);
        p.outputs = {{0, view::dense(out), c.results[0]->type}};
        if (c.operands.size() > 2 && c.operands[2])
            p.inputs.push_back({2, view::dense({1, out[1], 1, 1}), dtype::f32, local_layout::compact,
                                pack_dense(c.payloads[2]->values(), dtype::f32)});
        p.input_box = [w, in, out, per_channel, group = a.group, row = p.inputs[1].global.dims[3]](std::size_t i,
                                                                                                   box const& b) -> box {
            if (i == 2) return {{0, b.begin[1], 0, 0}, {1, b.size[1], 1, 1}};
            if (i == 1) return {{0, b.begin[1], 0, 0}, {1, b.size[1], 1, row}};
            box x = window_box(w, in, b);
            std::int64_t const filters = out[1] / group, channels = in[1] / group;
            if (!per_channel) x.begin[1] = b.begin[1] / filters * channels, x.size[1] = channels;
            return x;
        };
        p.emit = [w, in, per_channel, relu = a.do_relu, limit = a.relu_limit](builder& b, tile const& t) {
            std::optional<local_tensor> bias;
            if (t.inputs.size() > 2) bias = t.inputs[2];
            window const tw = tile_window(w, in, t.out);
            // The depthwise command rounds every partial sum to its type: in float32 it does not matter.
            local_tensor const y = per_channel ? wide_result(b, t.outputs[0]) : t.outputs[0];
            if (per_channel) bm1684x_emit::depthwise(b, y, widened(b, t.inputs[0]), t.inputs[1], bias, tw);
            else bm1684x_emit::convolution(b, y, t.inputs[0], t.inputs[1], bias, tw);
            if (relu) apply_relu(b, y, limit);
            if (per_channel) narrow(b, t.outputs[0], y);
        };
        return p;
    }

private:
    using window = bm1684x_emit::window;

    static kernel_plan<bm1684x> dense_operands(op::conv::attributes const& a, lowering_context const& c, window const& w,
                                               dims4 const& in, dims4 const& out) {
        dtype const t = c.operands[0]->type;
        std::int64_t const channels = in[1] / a.group, taps = w.kernel_h * w.kernel_w, unit = bm1684x::ic_parallel(t);
        std::int64_t const row = ceil_div(channels, unit) * unit * taps;
        kernel_plan<bm1684x> p;
        p.inputs = {{0, view::dense(in), t},
                    {1, view::dense({1, out[1], 1, row}), t, local_layout::compact,
                     bm1684x_lowering::pack_filters(*c.payloads[1], out[1], channels, taps, t)}};
        // The input of a command starts in lane 0: a tile holds filters of one group only.
        if (a.group > 1) p.cuts[1] = {true, out[1] / a.group, out[1] / a.group};
        return p;
    }
    static kernel_plan<bm1684x> depthwise_operands(lowering_context const& c, window const& w, dims4 const& in) {
        kernel_plan<bm1684x> p;
        p.inputs = {{0, view::dense(in), c.operands[0]->type},
                    {1, view::dense({1, in[1], 1, w.kernel_h * w.kernel_w}), dtype::f32, local_layout::compact,
                     pack_dense(c.payloads[1]->values(), dtype::f32)}};
        return p;
    }
};

} // namespace tpu_convert
