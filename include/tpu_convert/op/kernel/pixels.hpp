// Pooling of images that are stored with channels last.
#pragma once
#include <algorithm>
#include <limits>
#include <tpu_convert/op/kernel/window.hpp>

namespace tpu_convert::kernel {

// [N, C, H, W] as it is stored with channels last.
inline shape pixel_shape(shape const& s) { return {s[0], s[2], s[3], s[1]}; }

template <class T>
TPU_CONVERT_WIDE void max_into(T* y, T const* x, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) y[i] = y[i] < x[i] ? x[i] : y[i];
}
template <class T>
TPU_CONVERT_WIDE void add_into(T* y, T const* x, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) y[i] += x[i];
}
template <class T>
TPU_CONVERT_WIDE void scale_by(T* y, T factor, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) y[i] *= factor;
}

// f(pixel of x, first or not) for each pixel under the window at (oh, ow).
template <class F>
void for_window(window_axis const& h, window_axis const& v, std::int64_t oh, std::int64_t ow, F&& f) {
    auto const top = oh * h.stride - h.before, left = ow * v.stride - v.before;
    for (auto i = std::max<std::int64_t>(top, 0); i < std::min(top + h.kernel, h.in); ++i)
        for (auto j = std::max<std::int64_t>(left, 0); j < std::min(left + v.kernel, v.in); ++j) f(i * v.in + j);
}

template <class T>
void max_pool_pixels(window const& w, channels const& c, T const* x, T* y) {
    auto const& [d, h, v] = w;
    for (std::int64_t n = 0; n < c.batch; ++n, x += h.in * v.in * c.in)
        for (std::int64_t oh = 0; oh < h.out; ++oh)
            for (std::int64_t ow = 0; ow < v.out; ++ow, y += c.in) {
                std::fill_n(y, c.in, std::numeric_limits<T>::lowest());
                for_window(h, v, oh, ow, [&](auto p) { max_into(y, x + p * c.in, c.in); });
            }
}

template <class T>
void avg_pool_pixels(window const& w, channels const& c, bool count_include_pad, T const* x, T* y) {
    auto const& [d, h, v] = w;
    for (std::int64_t n = 0; n < c.batch; ++n, x += h.in * v.in * c.in)
        for (std::int64_t oh = 0; oh < h.out; ++oh)
            for (std::int64_t ow = 0; ow < v.out; ++ow, y += c.in) {
                auto const count = window_count(h, oh, count_include_pad) * window_count(v, ow, count_include_pad);
                std::fill_n(y, c.in, T(0));
                for_window(h, v, oh, ow, [&](auto p) { add_into(y, x + p * c.in, c.in); });
                scale_by(y, T(1) / static_cast<T>(std::max<std::int64_t>(1, count)), c.in);
            }
}

} // namespace tpu_convert::kernel
