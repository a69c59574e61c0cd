// Reductions and normalizations of rows; sums are kept in double, in a fixed order.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/op/enumerations.hpp>
#include <tpu_convert/op/float_math.hpp>
#include <tpu_convert/op/kernel/view.hpp>
#include <vector>

namespace tpu_convert::kernel {

// f(i) summed over 0 <= i < n.
template <class F>
double sum_over(std::int64_t n, F&& f) {
    double lanes[8]{};
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8)
        for (std::int64_t k = 0; k < 8; ++k) lanes[k] += f(i + k);
    for (; i < n; ++i) lanes[i % 8] += f(i);
    return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

template <class T>
T reduce_row(reduce_mode mode, T const* x, std::int64_t n) {
    auto const value = [&](std::int64_t i) { return static_cast<double>(x[i]); };
    switch (mode) {
        case reduce_mode::min: return n ? *std::min_element(x, x + n) : std::numeric_limits<T>::infinity();
        case reduce_mode::max: return n ? *std::max_element(x, x + n) : -std::numeric_limits<T>::infinity();
        case reduce_mode::mean: return static_cast<T>(sum_over(n, value) / static_cast<double>(n));
        case reduce_mode::l2: return static_cast<T>(std::sqrt(sum_over(n, [&](auto i) { return value(i) * value(i); })));
        case reduce_mode::l1: return static_cast<T>(sum_over(n, [&](auto i) { return std::fabs(value(i)); }));
        case reduce_mode::sum: return static_cast<T>(sum_over(n, value));
        case reduce_mode::prod: break;
    }
    double product = 1;
    for (std::int64_t i = 0; i < n; ++i) product *= value(i);
    return static_cast<T>(product);
}

// The input with the marked axes last, as rows of their elements.
template <class T>
struct row_view {
    std::vector<T> moved; // empty if the input has that order already
    T const* data;
    std::int64_t rows = 1, length = 1;

    row_view(T const* x, shape const& dims, std::vector<bool> const& last) : data(x) {
        shape order, strides, to, dense = dense_strides(dims);
        bool in_order = true, seen = false;
        for (bool wanted : {false, true})
            for (std::size_t i = 0; i < dims.size(); ++i)
                if (last[i] == wanted) {
                    order.push_back(dims[i]), strides.push_back(dense[i]);
                    (wanted ? length : rows) *= dims[i];
                }
        for (std::size_t i = 0; i < dims.size(); ++i) {
            if (dims[i] == 1) continue;
            in_order &= last[i] || !seen;
            seen |= last[i];
        }
        if (in_order) return;
        moved.resize(static_cast<std::size_t>(rows * length));
        copy_view(order, moved.data(), dense_strides(order), x, strides);
        data = moved.data();
    }
};

struct softmax_rule {
    double beta;
    bool log;
};

template <class T>
TPU_CONVERT_WIDE void softmax_row(softmax_rule const& rule, T const* x, T* y, std::int64_t n) {
    T const beta = static_cast<T>(rule.beta);
    T top = -std::numeric_limits<T>::infinity();
    for (std::int64_t i = 0; i < n; ++i) top = top < beta * x[i] ? beta * x[i] : top;
    for (std::int64_t i = 0; i < n; ++i) y[i] = float_math::exp(beta * x[i] - top);
    double const sum = sum_over(n, [&](auto i) { return static_cast<double>(y[i]); });
    if (rule.log) {
        T const shift = top + static_cast<T>(std::log(sum));
        for (std::int64_t i = 0; i < n; ++i) y[i] = beta * x[i] - shift;
    } else {
        T const factor = static_cast<T>(1 / sum);
        for (std::int64_t i = 0; i < n; ++i) y[i] *= factor;
    }
}

// (x - mean) / sqrt(variance + eps); only x / sqrt(mean of squares + eps) if not centred.
template <class T>
TPU_CONVERT_WIDE void normalize_row(T const* x, T* y, std::int64_t n, double eps, bool centred) {
    auto const count = static_cast<double>(n);
    double const mean = centred ? sum_over(n, [&](auto i) { return static_cast<double>(x[i]); }) / count : 0;
    double const variance = sum_over(n, [&](auto i) {
        double const d = static_cast<double>(x[i]) - mean;
        return d * d;
    }) / count;
    T const factor = static_cast<T>(1 / std::sqrt(variance + eps)), centre = static_cast<T>(mean);
    for (std::int64_t i = 0; i < n; ++i) y[i] = (x[i] - centre) * factor;
}

// y = y weight + bias, element by element; either may be null.
template <class T>
TPU_CONVERT_WIDE void affine_row(T* y, std::int64_t n, T const* weight, T const* bias) {
    if (weight)
        for (std::int64_t i = 0; i < n; ++i) y[i] *= weight[i];
    if (bias)
        for (std::int64_t i = 0; i < n; ++i) y[i] += bias[i];
}

// The same for planes [N, C, plane], one factor for each channel.
template <class T>
void affine_channels(T* y, std::int64_t planes, std::int64_t channels, std::int64_t plane, T const* weight, T const* bias) {
    for (std::int64_t p = 0; p < planes; ++p, y += plane) {
        T const w = weight ? weight[p % channels] : T(1), b = bias ? bias[p % channels] : T(0);
        for (std::int64_t i = 0; i < plane; ++i) y[i] = y[i] * w + b;
    }
}

} // namespace tpu_convert::kernel
