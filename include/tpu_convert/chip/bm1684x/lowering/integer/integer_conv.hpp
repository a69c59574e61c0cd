// Convolution of 8-bit integers: 32-bit sums, then bias and requantization of each channel.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/integer/requantization.hpp>
#include <tpu_convert/chip/bm1684x/lowering/pack.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window_rows.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <>
struct lowering<op::integer_conv, bm1684x> {
    static kernel_plan<bm1684x> plan(op::integer_conv::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        if (!c.payloads[1])
            throw model_error{error_code::lowering_missing, c.name, "filters are computed; cut before it with --output_names"};
        check_bytes(c, 0), check_bytes(c, 1);
        window w = integer_window(a, c);
        dims4 in = as_nchw(c.operands[0]->dims);
        dims4 const out = as_nchw(c.results[0]->dims);
        bool const inserted = w.insert_h || w.insert_w;
        bool const per_channel = a.group == in[1] && a.group == out[1] && a.group > 1;
        kernel_plan<bm1684x> p;
        if (auto packed = pack_window_rows(w, in, out, c)) p = std::move(*packed);
        else p.inputs = {{0, view::dense(in), c.operands[0]->type}, filters(a, c, w, in, out, per_channel)};
        requantization const q(a, a.bias);
        bool const own_bias = per_channel && q.biased(), table = own_bias ? !q.uniform() : q.has_table();
        if (own_bias) p.inputs.push_back(q.bias_operand(out[1]));
        if (table) p.inputs.push_back(q.table(out[1]));
        p.outputs = {{0, view::dense(out), c.results[0]->type}};
        // The input of a command starts in lane 0: a tile holds filters of one group only.
        if (a.group > 1 && !per_channel) p.cuts[1] = {true, out[1] / a.group, out[1] / a.group};
        if (inserted) p.cuts[2].allowed = p.cuts[3].allowed = false;
        std::vector<std::int64_t> widths;
        for (auto const& i : p.inputs) widths.push_back(i.global.dims[3]);
        p.input_box = [w, in, out, per_channel, inserted, widths, group = a.group](std::size_t i, box const& b) -> box {
            if (i > 0) return {{0, b.begin[1], 0, 0}, {1, b.size[1], 1, widths[i]}};
            box x = inserted ? box{{b.begin[0], b.begin[1], 0, 0}, {b.size[0], b.size[1], in[2], in[3]}} : window_box(w, in, b);
            std::int64_t const filters = out[1] / group, channels = in[1] / group;
            if (!per_channel) x.begin[1] = b.begin[1] / filters * channels, x.size[1] = channels;
            return x;
        };
        p.emit = [w, in, per_channel, inserted, q, own_bias, table](builder& b, tile const& t) {
            std::optional<local_tensor> bias, parameters;
            if (own_bias) bias = t.inputs[2];
            if (table) parameters = t.inputs[own_bias ? 3 : 2];
            window const tw = inserted ? w : tile_window(w, in, t.out);
            local_tensor const sums = b.scratch(t.outputs[0].dims, dtype::i32);
            if (per_channel) bm1684x_emit::depthwise(b, sums, t.inputs[0], t.inputs[1], bias, tw);
            else bm1684x_emit::convolution(b, sums, t.inputs[0], t.inputs[1], std::nullopt, tw);
            q.emit(b, t.outputs[0], sums, parameters, !per_channel);
        };
        return p;
    }

private:
    using window = bm1684x_emit::window;

    static window integer_window(op::integer_conv::attributes const& a, lowering_context const& c) {
        window w = bm1684x_lowering::make_window(c.name, a.kernel_shape, a.strides, a.pads, a.dilations);
        std::size_t const axes = a.kernel_shape.size();
        if (!a.inserts.empty()) w.insert_h = axes > 1 ? a.inserts[0] : 0, w.insert_w = a.inserts[axes - 1];
        w.pad_value = static_cast<double>(a.pad_value);
        bm1684x_lowering::check_window(c.name, w);
        return w;
    }
    static tile_operand filters(op::integer_conv::attributes const& a, lowering_context const& c, window const& w,
                                dims4 const& in, dims4 const& out, bool per_channel) {
        using namespace bm1684x_lowering;
        dtype const t = c.operands[1]->type;
        std::int64_t const channels = in[1] / a.group, taps = w.kernel_h * w.kernel_w;
        if (per_channel)
            return {1, view::dense({1, out[1], 1, taps}), t, local_layout::compact, pack_dense(c.payloads[1]->values(), t)};
        std::int64_t const unit = bm1684x::ic_parallel(t), row = ceil_div(channels, unit) * unit * taps;
        return {1, view::dense({1, out[1], 1, row}), t, local_layout::compact,
                pack_filters(*c.payloads[1], out[1], channels, taps, t)};
    }
};

} // namespace tpu_convert
