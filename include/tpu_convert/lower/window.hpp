// Sliding windows as kernels see them: which input rows an output box needs, and what padding is left for a tile.
#pragma once
#include <algorithm>
#include <array>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/lower/view.hpp>
#include <vector>

namespace tpu_convert::windows {

// Geometry of a sliding window; pads are up, down, left, right.
struct window {
    std::int64_t kernel_h = 1, kernel_w = 1, stride_h = 1, stride_w = 1, dilation_h = 1, dilation_w = 1;
    std::array<std::int64_t, 4> pads{};
    std::int64_t insert_h = 0, insert_w = 0; // zeros between input rows and columns
    double pad_value = 0;                    // of convolutions
};

// Attributes of one or two spatial axes as a window; pads in ONNX order (begins, then ends).
inline window make_window(std::string const& name, std::vector<std::int64_t> const& kernel,
                          std::vector<std::int64_t> const& strides, std::vector<std::int64_t> const& pads,
                          std::vector<std::int64_t> const& dilations) {
    std::size_t const rank = kernel.size();
    if (rank < 1 || rank > 2)
        throw model_error{error_code::lowering_missing, name,
                          std::to_string(rank) +
                              " spatial axes; kernels exist for 1 and 2 (use --output_names to cut before it)"};
    auto const at = [&](std::vector<std::int64_t> const& v, std::size_t i, std::int64_t otherwise) {
        return i < v.size() ? v[i] : otherwise;
    };
    window w;
    std::size_t const x = rank - 1;
    w.kernel_w = kernel[x], w.stride_w = at(strides, x, 1), w.dilation_w = at(dilations, x, 1);
    w.pads[2] = at(pads, x, 0), w.pads[3] = at(pads, rank + x, 0);
    if (rank == 2) {
        w.kernel_h = kernel[0], w.stride_h = at(strides, 0, 1), w.dilation_h = at(dilations, 0, 1);
        w.pads[0] = at(pads, 0, 0), w.pads[1] = at(pads, rank, 0);
    }
    return w;
}

// n, c, h, w of a tensor with one or two spatial axes.
inline dims4 as_nchw(shape const& s) {
    switch (s.size()) {
    case 4: return {s[0], s[1], s[2], s[3]};
    case 3: return {s[0], s[1], 1, s[2]};
    case 2: return {s[0], s[1], 1, 1};
    case 1: return {1, s[0], 1, 1};
    default: return {1, 1, 1, element_count(s)};
    }
}

struct span1 {
    std::int64_t begin, size, pad_before, pad_after;
};

// One axis of a sliding window.
struct window_axis {
    std::int64_t kernel, stride, dilation, insert, pad;
};

inline window_axis rows_of(window const& w) { return {w.kernel_h, w.stride_h, w.dilation_h, w.insert_h, w.pads[0]}; }
inline window_axis columns_of(window const& w) { return {w.kernel_w, w.stride_w, w.dilation_w, w.insert_w, w.pads[2]}; }

// Inputs [0, extent) that outputs [first, first + count) need, and the padding that lies outside them. With zeros inserted
// between inputs, places count the widened axis; the span is then of original inputs.
inline span1 input_span(std::int64_t first, std::int64_t count, std::int64_t extent, window_axis const& w) {
    std::int64_t const begin = first * w.stride - w.pad, step = w.insert + 1;
    std::int64_t const end = begin + (count - 1) * w.stride + (w.kernel - 1) * w.dilation + 1;
    std::int64_t const from = begin <= 0 ? 0 : std::min(ceil_div(begin, step), extent - 1),
                       to = std::clamp<std::int64_t>(ceil_div(end, step), from + 1, extent);
    return {from, to - from, from * step - begin, end - (to - 1) * step - 1};
}

inline box window_box(window const& w, dims4 const& in, box const& out) {
    span1 const h = input_span(out.begin[2], out.size[2], in[2], rows_of(w));
    span1 const v = input_span(out.begin[3], out.size[3], in[3], columns_of(w));
    return {{out.begin[0], out.begin[1], h.begin, v.begin}, {out.size[0], out.size[1], h.size, v.size}};
}

// The window of one tile: padding only where the tile touches the border.
inline window tile_window(window w, dims4 const& in, box const& out) {
    span1 const h = input_span(out.begin[2], out.size[2], in[2], rows_of(w));
    span1 const v = input_span(out.begin[3], out.size[3], in[3], columns_of(w));
    w.pads = {h.pad_before, h.pad_after, v.pad_before, v.pad_after};
    return w;
}

// Positions of a window at output o that lie on the input; with padding counted, on the padded input.
inline std::int64_t counted(std::int64_t o, std::int64_t extent, std::int64_t kernel, std::int64_t stride, std::int64_t before,
                            std::int64_t after, bool padding_counts) {
    std::int64_t const begin = o * stride - before, end = begin + kernel;
    std::int64_t const low = padding_counts ? -before : 0, high = extent + (padding_counts ? after : 0);
    return std::max<std::int64_t>(std::min(end, high) - std::max(begin, low), 1);
}

} // namespace tpu_convert::windows
