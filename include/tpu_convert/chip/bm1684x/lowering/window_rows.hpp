// Convolutions of few channels fill the multiplier array with the rows of their window as further channels.
#pragma once
#include <optional>
#include <tpu_convert/chip/bm1684x/lowering/pack.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window.hpp>

namespace tpu_convert::bm1684x_lowering {

namespace detail {

// Filters [oc][ic][kh][kw] as [oc][kh * ic][kw].
inline tensor rows_to_channels(tensor const& w, std::int64_t oc, std::int64_t ic, std::int64_t kh, std::int64_t kw) {
    tensor turned({oc, kh * ic, kw});
    for (std::int64_t o = 0; o < oc; ++o)
        for (std::int64_t i = 0; i < ic; ++i)
            for (std::int64_t y = 0; y < kh; ++y)
                for (std::int64_t x = 0; x < kw; ++x)
                    turned[((o * kh + y) * ic + i) * kw + x] = w[((o * ic + i) * kh + y) * kw + x];
    return turned;
}

} // namespace detail

// Operands of such a convolution; its window and input are then one row high and as high as the result. Nothing if the array
// is no fuller, or the input was made by a neighbour as it is.
inline std::optional<kernel_plan<bm1684x>> pack_window_rows(window& w, dims4& in, dims4 const& out, lowering_context const& c) {
    constexpr std::int64_t most_channels = 4;
    dtype const t = c.operands[0]->type;
    std::int64_t const channels = in[1] * w.kernel_h, unit = bm1684x::ic_parallel(t), taps = w.kernel_w;
    bool const whole = element_count(c.payloads[1]->shape()) == out[1] * channels * taps; // one group
    if (!whole || in[1] > most_channels || w.kernel_h == 1 || channels > unit || w.insert_h || w.insert_w) return std::nullopt;
    tensor const filters = detail::rows_to_channels(*c.payloads[1], out[1], in[1], w.kernel_h, taps);
    dtype const filter_type = is_float(t) ? t : c.operands[1]->type;
    kernel_plan<bm1684x> p;
    p.inputs = {{0, view::dense(in), t},
                {1, view::dense({1, out[1], 1, unit * taps}), filter_type, local_layout::compact,
                 pack_filters(filters, out[1], channels, taps, filter_type)}};
    p.inputs[0].rows = {w.kernel_h, w.stride_h, w.dilation_h, w.pads[0], bm1684x_emit::constant_bits(w.pad_value, t)};
    in = {in[0], channels, out[2], in[3]};
    w.kernel_h = w.stride_h = w.dilation_h = 1, w.pads[0] = w.pads[1] = 0;
    return p;
}

} // namespace tpu_convert::bm1684x_lowering
