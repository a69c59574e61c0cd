// What convolutions of integers and of bf16 share: operands, tiles, and the command of a tile.
#pragma once
#include <functional>
#include <optional>
#include <tpu_convert/chip/cv18xx/lowering/window.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert::cv18xx_lowering {

struct convolution_form {
    window w;
    std::int64_t group = 1;
    dtype type = dtype::i8;
    std::optional<tile_operand> channels = std::nullopt; // what a channel's sum goes through, or its bias
    bool biased = false, relu = false;
};

// Filters [oc][ic][taps] as [oc][taps][ic].
inline packed_bytes pack_filters(tensor const& w, std::int64_t oc, std::int64_t ic, std::int64_t taps, dtype t) {
    auto const unit = static_cast<std::int64_t>(bytes_of(t));
    auto bytes = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(oc * ic * taps * unit));
    for (std::int64_t o = 0; o < oc; ++o)
        for (std::int64_t i = 0; i < ic; ++i)
            for (std::int64_t k = 0; k < taps; ++k)
                put(bytes->data() + ((o * taps + k) * ic + i) * unit, w[(o * ic + i) * taps + k], t);
    return bytes;
}

// A bias of float32: all upper halves, then all lower ones.
inline tile_operand bias_halves(tensor const& bias, std::int64_t channels) {
    auto bytes = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(4 * channels));
    for (std::int64_t i = 0; i < channels; ++i) {
        std::uint32_t const bits = constant_bits(bias[bias.size() > 1 ? i : 0], dtype::f32);
        std::uint16_t const high = static_cast<std::uint16_t>(bits >> 16), low = static_cast<std::uint16_t>(bits);
        std::memcpy(bytes->data() + 2 * i, &high, 2), std::memcpy(bytes->data() + 2 * (channels + i), &low, 2);
    }
    return {no_operand, view::dense({2, channels, 1, 1}), dtype::u16, local_layout::compact, std::move(bytes)};
}

inline bool one_filter_each(std::int64_t group, dims4 const& in, dims4 const& out) {
    return group == in[1] && group == out[1] && group > 1;
}

inline tile_operand filter_operand(convolution_form const& f, tensor const& filters, dims4 const& in, dims4 const& out) {
    std::int64_t const channels = in[1] / f.group, taps = f.w.kernel_h * f.w.kernel_w;
    if (one_filter_each(f.group, in, out))
        return {1, view::dense({1, out[1], 1, taps}), f.type, local_layout::aligned, pack_dense(filters.values(), f.type)};
    return {1, view::dense({1, out[1], taps, channels}), f.type, local_layout::compact,
            pack_filters(filters, out[1], channels, taps, f.type)};
}

// Part of the operands beside the input, whose channels are the result's.
inline box of_channels(tile_operand const& o, box const& out) {
    return {{0, out.begin[1], 0, 0}, {o.global.dims[0], out.size[1], o.global.dims[2], o.global.dims[3]}};
}

// filters: [oc][ic / group][taps]; finish: what is done to the result of a tile.
template <class Chip>
kernel_plan<Chip> convolution_plan(convolution_form const& f, tensor const& filters, lowering_context const& c,
                                   std::function<void(kernel_builder<Chip>&, local_tensor const&)> finish) {
    check_window(c.name, f.w, Chip::most_stride);
    dims4 const in = as_nchw(c.operands[0]->dims), out = as_nchw(c.results[0]->dims);
    if (in[1] / f.group > size_limit)
        throw model_error{error_code::lowering_missing, c.name,
                          "filters of " + std::to_string(in[1] / f.group) + " channels; the chip has at most " +
                              std::to_string(size_limit)};
    bool const per_channel = one_filter_each(f.group, in, out);
    kernel_plan<Chip> p;
    p.inputs = {{0, view::dense(in), f.type}, filter_operand(f, filters, in, out)};
    if (f.channels) p.inputs.push_back(*f.channels);
    p.outputs = {{0, view::dense(out), f.type}};
    p.cuts = limited_cuts();
    // The input of a command starts in lane 0: a tile holds filters of one group only.
    if (f.group > 1 && !per_channel) p.cuts[1] = {true, out[1] / f.group, out[1] / f.group};
    p.input_box = [w = f.w, in, out, per_channel, group = f.group, operands = p.inputs](std::size_t i, box const& b) -> box {
        if (i > 0) return of_channels(operands[i], b);
        box x = window_box(w, in, b);
        std::int64_t const filters = out[1] / group, channels = in[1] / group;
        if (!per_channel) x.begin[1] = b.begin[1] / filters * channels, x.size[1] = channels;
        return x;
    };
    p.emit = [w = f.w, in, per_channel, biased = f.biased, relu = f.relu, finish](kernel_builder<Chip>& b, tile const& t) {
        window const tw = tile_window(w, in, t.out);
        auto const& y = t.outputs[0];
        std::optional<local_tensor> channels;
        if (t.inputs.size() > 2) channels = t.inputs[2];
        if (per_channel) cv18xx_emit::depthwise(b, y, t.inputs[0], t.inputs[1], channels, tw, biased, relu);
        else cv18xx_emit::convolution(b, y, t.inputs[0], t.inputs[1], channels, tw, biased, relu);
        finish(b, y);
    };
    return p;
}

} // namespace tpu_convert::cv18xx_lowering
