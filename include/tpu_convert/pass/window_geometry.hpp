// Geometry and filters of a convolution that is being rewritten, for floats and integers alike.
#pragma once
#include <algorithm>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/lower/local_tensor.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/integer/integer_conv.hpp>
#include <tpu_convert/pass/rewrite.hpp>
#include <tpu_convert/pass/window_limits.hpp>

namespace tpu_convert::pass {

// One spatial axis; `step` - 1 zeros are inserted between elements of the input.
struct window_reach {
    std::int64_t size = 1, out = 1, kernel = 1, stride = 1, dilation = 1, before = 0, after = 0, step = 1;

    // Padding behind such that the last window ends with it.
    void end_with_last_window() { after = (out - 1) * stride + (kernel - 1) * dilation + 1 - before - (size - 1) * step - 1; }
    void pad_in_memory() { size += before + after, before = after = 0; }
    bool pads_within(std::int64_t most) const { return before >= 0 && after >= 0 && before <= most && after <= most; }
    // Whether some window has tap k on an element.
    bool meets(std::int64_t k) const {
        for (std::int64_t o = 0; o < out; ++o)
            if (std::int64_t const at = o * stride + k * dilation - before; at >= 0 && at < size) return true;
        return false;
    }
};
using window_reaches = std::vector<window_reach>;

template <class Attributes>
window_reaches reaches_of(Attributes const& a, shape const& in, shape const& out, shape const& dilations,
                          shape const& inserts = {}) {
    window_reaches all(a.kernel_shape.size());
    auto const at = [](auto const& list, std::size_t i, std::int64_t otherwise) { return i < list.size() ? list[i] : otherwise; };
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = {in[2 + i], out[2 + i], a.kernel_shape[i], at(a.strides, i, 1), at(dilations, i, 1), at(a.pads, i, 0),
                  at(a.pads, all.size() + i, 0), at(inserts, i, 0) + 1};
    return all;
}

template <class Attributes>
void set_window(Attributes& a, window_reaches const& axes) {
    std::size_t const n = axes.size();
    shape dilations(n, 1);
    a.kernel_shape.assign(n, 1), a.strides.assign(n, 1), a.pads.assign(2 * n, 0);
    for (std::size_t i = 0; i < n; ++i) {
        a.kernel_shape[i] = axes[i].kernel, a.strides[i] = axes[i].stride, dilations[i] = axes[i].dilation;
        a.pads[i] = axes[i].before, a.pads[n + i] = axes[i].after;
    }
    a.dilations = dilations;
}

// Filters [filters, (kh,) kw] of another size: tap(f, y, x) gives the place in the old ones, or nothing for a zero.
template <class Tap>
tensor rebuilt_filters(tensor const& w, shape dims, Tap&& tap) {
    std::int64_t const h = dims.size() > 3 ? dims[2] : 1, wide = dims.back(), filters = dims[0] * dims[1];
    if (filters * h > (std::int64_t{1} << 28) / wide)
        throw model_error{error_code::lowering_missing, "Conv", "the filters with zeros for the dilation would be too large"};
    std::vector<float> values(static_cast<std::size_t>(filters * h * wide), 0.0f);
    for (std::int64_t f = 0; f < filters; ++f)
        for (std::int64_t y = 0; y < h; ++y)
            for (std::int64_t x = 0; x < wide; ++x)
                if (std::int64_t const from = tap(f, y, x); from >= 0)
                    values[static_cast<std::size_t>((f * h + y) * wide + x)] = w[from];
    return tensor(std::move(dims), std::move(values));
}

// Kernels of old filters as rows and columns.
struct kernel_size {
    std::int64_t h, w;
    explicit kernel_size(tensor const& filters)
        : h(filters.rank() > 3 ? filters.dim(2) : 1), w(filters.dim(filters.rank() - 1)) {}
    std::int64_t place(std::int64_t f, std::int64_t y, std::int64_t x) const { return (f * h + y) * w + x; }
};

inline shape filter_dims(tensor const& w, window_reaches const& axes) {
    shape dims{w.dim(0), w.dim(1)};
    for (auto const& a : axes) dims.push_back(a.kernel);
    return dims;
}

// The same filters with zeros[i] - 1 zeros between neighbours along axis i, whose kernel and dilation change.
inline tensor with_zeros(tensor const& w, window_reaches& axes, shape const& zeros) {
    for (std::size_t i = 0; i < axes.size(); ++i)
        axes[i].kernel = (axes[i].kernel - 1) * zeros[i] + 1, axes[i].dilation /= zeros[i];
    kernel_size const k(w);
    std::int64_t const every_h = zeros.size() > 1 ? zeros[0] : 1, every_w = zeros.back();
    return rebuilt_filters(w, filter_dims(w, axes), [=](std::int64_t f, std::int64_t y, std::int64_t x) {
        return y % every_h == 0 && x % every_w == 0 ? k.place(f, y / every_h, x / every_w) : -1;
    });
}

// Taps that meet nothing but padding, at either end of an axis, are left out.
inline tensor without_idle_taps(tensor const& w, window_reaches& axes) {
    shape first;
    for (auto& a : axes) {
        std::int64_t from = 0, end = a.kernel;
        while (end - from > 1 && !a.meets(from)) ++from;
        while (end - from > 1 && !a.meets(end - 1)) --end;
        first.push_back(from);
        if (end - from == a.kernel) continue;
        a.before -= from * a.dilation, a.kernel = end - from;
        if (a.kernel == 1) a.dilation = 1;
        a.end_with_last_window();
    }
    kernel_size const k(w);
    std::int64_t const y0 = first.size() > 1 ? first[0] : 0, x0 = first.back();
    return rebuilt_filters(w, filter_dims(w, axes),
                           [=](std::int64_t f, std::int64_t y, std::int64_t x) { return k.place(f, y + y0, x + x0); });
}

} // namespace tpu_convert::pass
