// Sliding windows over up to three spatial axes: pooling, and plain loops of convolution and its transpose.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/shape.hpp>
#include <utility>
#include <vector>

namespace tpu_convert::kernel {

struct window_axis {
    std::int64_t in = 1, out = 1, kernel = 1, stride = 1, dilation = 1, before = 0, after = 0;

    // Positions [first, last) of the output whose element under tap k lies inside the input.
    std::pair<std::int64_t, std::int64_t> inside(std::int64_t k) const {
        auto const shift = k * dilation - before; // input = output * stride + shift
        auto const first = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
        auto const last = in - 1 < shift ? 0 : (in - 1 - shift) / stride + 1;
        return {std::min(first, out), std::clamp(last, std::min(first, out), out)};
    }
};
using window = std::array<window_axis, 3>; // depth, height, width; absent ones in front are 1

// Of shapes [N, C, spatial...].
inline window make_window(std::string_view op, shape const& in, shape const& out, std::vector<std::int64_t> const& kernel,
                          std::vector<std::int64_t> const& strides, std::vector<std::int64_t> const& pads,
                          std::vector<std::int64_t> const& dilations) {
    auto const axes = kernel.size();
    if (axes > 3) throw model_error{error_code::not_built_yet, op, "more than three spatial axes"};
    window w;
    for (std::size_t i = 0; i < axes; ++i) {
        auto& a = w[3 - axes + i];
        a.in = in[i + 2], a.kernel = kernel[i];
        a.out = out.size() == in.size() ? out[i + 2] : 1;
        if (!strides.empty()) a.stride = strides[i];
        if (!dilations.empty()) a.dilation = dilations[i];
        if (!pads.empty()) a.before = pads[i], a.after = pads[axes + i];
    }
    return w;
}

// f(from, to, tap, first, last) for each tap and each pair of rows of one plane that meet: rows of the input and the output by
// element offset, tap counted over the kernel, and the positions in the output row.
template <class F>
void for_taps(window const& w, F&& f) {
    auto const& [d, h, v] = w;
    for (std::int64_t od = 0; od < d.out; ++od)
        for (std::int64_t oh = 0; oh < h.out; ++oh)
            for (std::int64_t kd = 0; kd < d.kernel; ++kd) {
                auto const id = od * d.stride + kd * d.dilation - d.before;
                if (id < 0 || id >= d.in) continue;
                for (std::int64_t kh = 0; kh < h.kernel; ++kh) {
                    auto const ih = oh * h.stride + kh * h.dilation - h.before;
                    if (ih < 0 || ih >= h.in) continue;
                    for (std::int64_t kw = 0; kw < v.kernel; ++kw) {
                        auto const [first, last] = v.inside(kw);
                        f((id * h.in + ih) * v.in + kw * v.dilation - v.before, (od * h.out + oh) * v.out,
                          (kd * h.kernel + kh) * v.kernel + kw, first, last);
                    }
                }
            }
}

template <class T>
TPU_CONVERT_WIDE void max_row(T* y, T const* x, std::int64_t stride, std::int64_t first, std::int64_t last) {
    if (stride == 1)
        for (std::int64_t i = first; i < last; ++i) y[i] = y[i] < x[i] ? x[i] : y[i];
    else if (stride == 2)
        for (std::int64_t i = first; i < last; ++i) y[i] = y[i] < x[2 * i] ? x[2 * i] : y[i];
    else
        for (std::int64_t i = first; i < last; ++i) y[i] = y[i] < x[stride * i] ? x[stride * i] : y[i];
}

// y += weight x
template <class T>
TPU_CONVERT_WIDE void add_row(T* y, T const* x, T weight, std::int64_t stride, std::int64_t first, std::int64_t last) {
    if (stride == 1)
        for (std::int64_t i = first; i < last; ++i) y[i] += weight * x[i];
    else if (stride == 2)
        for (std::int64_t i = first; i < last; ++i) y[i] += weight * x[2 * i];
    else
        for (std::int64_t i = first; i < last; ++i) y[i] += weight * x[stride * i];
}

inline std::int64_t input_size(window const& w) { return w[0].in * w[1].in * w[2].in; }
inline std::int64_t output_size(window const& w) { return w[0].out * w[1].out * w[2].out; }
inline std::int64_t kernel_size(window const& w) { return w[0].kernel * w[1].kernel * w[2].kernel; }

template <class T>
void max_pool(window const& w, T const* x, T* y, std::int64_t planes) {
    for (std::int64_t p = 0; p < planes; ++p, x += input_size(w), y += output_size(w)) {
        std::fill_n(y, output_size(w), std::numeric_limits<T>::lowest());
        for_taps(w,
                 [&](auto from, auto to, auto, auto first, auto last) { max_row(y + to, x + from, w[2].stride, first, last); });
    }
}

// Elements under the window at position o of an axis; with padding, that inside the padded input.
inline std::int64_t window_count(window_axis const& a, std::int64_t o, bool with_padding) {
    auto const begin = o * a.stride - a.before, end = begin + a.kernel;
    return with_padding ? std::min(end, a.in + a.after) - begin : std::min(end, a.in) - std::max<std::int64_t>(begin, 0);
}

template <class T>
T sum_of(T const* x, std::int64_t n) {
    double lanes[8]{};
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (std::int64_t k = 0; k < 8; ++k) lanes[k] += static_cast<double>(x[i + k]);
    for (; i < n; ++i) lanes[i % 8] += static_cast<double>(x[i]);
    double const sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
    return static_cast<T>(sum);
}

template <class T>
void avg_pool(window const& w, bool count_include_pad, T const* x, T* y, std::int64_t planes) {
    auto const& [d, h, v] = w;
    std::vector<T> factor(static_cast<std::size_t>(output_size(w)));
    std::size_t next = 0;
    for (std::int64_t i = 0; i < d.out; ++i)
        for (std::int64_t j = 0; j < h.out; ++j)
            for (std::int64_t k = 0; k < v.out; ++k)
                factor[next++] = T(1) / static_cast<T>(std::max<std::int64_t>(1, window_count(d, i, count_include_pad) *
                                                                                     window_count(h, j, count_include_pad) *
                                                                                     window_count(v, k, count_include_pad)));
    bool const whole = output_size(w) == 1 && kernel_size(w) == input_size(w);
    for (std::int64_t p = 0; p < planes; ++p, x += input_size(w), y += output_size(w)) {
        std::fill_n(y, output_size(w), T(0));
        if (whole)
            y[0] = sum_of(x, input_size(w));
        else
            for_taps(w, [&](auto from, auto to, auto, auto first, auto last) {
                add_row(y + to, x + from, T(1), v.stride, first, last);
            });
        for (std::size_t i = 0; i < factor.size(); ++i) y[i] *= factor[i];
    }
}

struct channels {
    std::int64_t batch, in, out, group;
};

// Filter [out, in / group, kernel...].
template <class T>
void convolution(window const& w, channels const& c, T const* x, T const* filter, T const* bias, T* y) {
    auto const each_in = c.in / c.group, each_out = c.out / c.group, taps = kernel_size(w);
    for (std::int64_t n = 0; n < c.batch; ++n)
        for (std::int64_t o = 0; o < c.out; ++o, y += output_size(w)) {
            std::fill_n(y, output_size(w), bias ? bias[o] : T(0));
            for (std::int64_t i = 0; i < each_in; ++i) {
                T const* plane = x + (n * c.in + o / each_out * each_in + i) * input_size(w);
                T const* k = filter + (o * each_in + i) * taps;
                for_taps(w, [&](auto from, auto to, auto tap, auto first, auto last) {
                    add_row(y + to, plane + from, k[tap], w[2].stride, first, last);
                });
            }
        }
}

// The transpose of a convolution whose output is x and whose input is y: w describes that convolution.
template <class T>
void transposed_convolution(window const& w, channels const& c, T const* x, T const* filter, T const* bias, T* y) {
    auto const each_in = c.in / c.group, each_out = c.out / c.group, taps = kernel_size(w), stride = w[2].stride;
    for (std::int64_t n = 0; n < c.batch; ++n)
        for (std::int64_t o = 0; o < c.out; ++o, y += input_size(w)) {
            std::fill_n(y, input_size(w), bias ? bias[o] : T(0));
            for (std::int64_t i = 0; i < each_in; ++i) {
                T const* plane = x + (n * c.in + o / each_out * each_in + i) * output_size(w);
                T const* k = filter + (o * each_in + i) * taps;
                for_taps(w, [&](auto to, auto from, auto tap, auto first, auto last) {
                    for (auto q = first; q < last; ++q) y[to + q * stride] += k[tap] * plane[from + q];
                });
            }
        }
}

} // namespace tpu_convert::kernel
