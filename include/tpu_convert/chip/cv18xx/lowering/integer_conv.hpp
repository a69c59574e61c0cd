// Convolution of 8-bit integers: sums, bias and requantization of each channel are one command.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/channel_table.hpp>
#include <tpu_convert/chip/cv18xx/lowering/window.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

namespace cv18xx_lowering {

// Filters [oc][ic][taps] as [oc][taps][ic].
inline packed_bytes pack_filters(tensor const& w, std::int64_t oc, std::int64_t ic, std::int64_t taps) {
    auto bytes = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(oc * ic * taps));
    for (std::int64_t o = 0; o < oc; ++o)
        for (std::int64_t i = 0; i < ic; ++i)
            for (std::int64_t k = 0; k < taps; ++k)
                put(bytes->data() + (o * taps + k) * ic + i, w[(o * ic + i) * taps + k], dtype::i8);
    return bytes;
}

} // namespace cv18xx_lowering

template <cv18xx_chip Chip>
struct lowering<op::integer_conv, Chip> {
    static kernel_plan<Chip> plan(op::integer_conv::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        if (!c.payloads[1]) throw model_error{error_code::lowering_missing, c.name, "filters are not constant"};
        check_integers(c, {c.operands[0], c.operands[1], c.results[0]});
        window const w = integer_window(a, c);
        dims4 const in = as_nchw(c.operands[0]->dims), out = as_nchw(c.results[0]->dims);
        bool const per_channel = a.group == in[1] && a.group == out[1] && a.group > 1;
        channel_table const table(c.name, a, a.bias, out[1]);
        kernel_plan<Chip> p;
        p.inputs = {{0, view::dense(in), dtype::i8}, filters(a, c, w, in, out, per_channel), table.operand()};
        p.outputs = {{0, view::dense(out), dtype::i8}};
        p.cuts = limited_cuts();
        // The input of a command starts in lane 0: a tile holds filters of one group only.
        if (a.group > 1 && !per_channel) p.cuts[1] = {true, out[1] / a.group, out[1] / a.group};
        p.input_box = [w, in, out, per_channel, row = p.inputs[1].global.dims, width = table.width(),
                       group = a.group](std::size_t i, box const& b) -> box {
            if (i == 1) return {{0, b.begin[1], 0, 0}, {1, b.size[1], row[2], row[3]}};
            if (i == 2) return {{0, b.begin[1], 0, 0}, {1, b.size[1], 1, width}};
            box x = window_box(w, in, b);
            std::int64_t const filters = out[1] / group, channels = in[1] / group;
            if (!per_channel) x.begin[1] = b.begin[1] / filters * channels, x.size[1] = channels;
            return x;
        };
        p.emit = [w, in, per_channel, biased = table.biased(), lowest = a.lowest,
                  highest = a.highest](kernel_builder<Chip>& b, tile const& t) {
            window const tw = tile_window(w, in, t.out);
            auto const& y = t.outputs[0];
            bool const relu = lowest == 0;
            if (per_channel) cv18xx_emit::depthwise(b, y, t.inputs[0], t.inputs[1], t.inputs[2], tw, biased, relu);
            else cv18xx_emit::convolution(b, y, t.inputs[0], t.inputs[1], t.inputs[2], tw, biased, relu);
            cv18xx_emit::apply_bounds(b, y, lowest, highest);
        };
        return p;
    }

private:
    using window = windows::window;

    static window integer_window(op::integer_conv::attributes const& a, lowering_context const& c) {
        window w = windows::make_window(c.name, a.kernel_shape, a.strides, a.pads, a.dilations);
        std::size_t const axes = a.kernel_shape.size();
        if (!a.inserts.empty()) w.insert_h = axes > 1 ? a.inserts[0] : 0, w.insert_w = a.inserts[axes - 1];
        cv18xx_lowering::check_window(c.name, w, Chip::most_stride);
        return w;
    }
    static tile_operand filters(op::integer_conv::attributes const& a, lowering_context const& c, window const& w,
                                dims4 const& in, dims4 const& out, bool per_channel) {
        std::int64_t const channels = in[1] / a.group, taps = w.kernel_h * w.kernel_w;
        if (per_channel)
            return {1, view::dense({1, out[1], 1, taps}), dtype::i8, local_layout::aligned,
                    pack_dense(c.payloads[1]->values(), dtype::i8)};
        return {1, view::dense({1, out[1], taps, channels}), dtype::i8, local_layout::compact,
                cv18xx_lowering::pack_filters(*c.payloads[1], out[1], channels, taps)};
    }
};

} // namespace tpu_convert
