// ONNX spectra and windows: products with constant matrices.
#pragma once
#include <cmath>
#include <numbers>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>
#include <tpu_convert/import/onnx_tensor.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// a - b cos(2 pi n / N) + (a b c) cos(4 pi n / N), N one less than the size if the window is not periodic.
inline results window_function(context& c, double a, double b, double second) {
    auto const size = c.known_integer(0, "size");
    if (size < 1 || size > 1 << 24) throw unsupported{"'size' is " + std::to_string(size)};
    double const period = static_cast<double>(c.integer("periodic", 1) ? size : size - 1);
    constant_tensor values{{size}};
    for (std::int64_t i = 0; i < size; ++i) {
        double const angle = 2 * std::numbers::pi * static_cast<double>(i) / period;
        values[i] = a - b * std::cos(angle) + second * std::cos(2 * angle);
    }
    return {c.known(from_fold(values, dtype_of_onnx(c.integer("output_datatype", 1)).value_or(dtype::f32)))};
}

inline results import_hann(context& c) { return window_function(c, 0.5, 0.5, 0); }
inline results import_hamming(context& c) { return window_function(c, 25.0 / 46, 21.0 / 46, 0); }
inline results import_blackman(context& c) { return window_function(c, 0.42, 0.5, 0.08); }

// cos or sin(2 pi j k / length) for `in` inputs j and `out` results k; inputs beyond the length count as 0.
inline operand fourier_matrix(steps const& f, std::int64_t in, std::int64_t out, std::int64_t length, bool sine, double scale) {
    std::vector<double> values;
    for (std::int64_t j = 0; j < in; ++j)
        for (std::int64_t k = 0; k < out; ++k) {
            double const angle = 2 * std::numbers::pi * static_cast<double>(j * k % length) / static_cast<double>(length);
            values.push_back(j >= length ? 0 : scale * (sine ? std::sin(angle) : std::cos(angle)));
        }
    return f.reals({in, out}, values);
}

// Real and imaginary part along the last axis; a last axis of size 1 is real.
inline results import_dft(context& c) {
    steps const f{c};
    operand const& x = c.in(0);
    auto const rank = x.dims.size();
    auto const axis = checked_axis(c.has(2) ? c.known_integer(2, "axis") : c.integer("axis", 1), rank);
    auto const in = x.dims[static_cast<std::size_t>(axis)], length = c.has(1) ? c.known_integer(1, "dft_length") : in;
    bool const inverse = c.integer("inverse", 0) != 0, real = x.dims.back() == 1;
    auto const out = c.integer("onesided", 0) ? length / 2 + 1 : length;
    if (length < 1 || in * out > 1 << 26 || axis + 1 == std::ssize(x.dims))
        throw unsupported{"its length is " + std::to_string(length)};
    double const scale = inverse ? 1 / static_cast<double>(length) : 1;
    operand const cosine = fourier_matrix(f, in, out, length, false, scale);
    operand const sine = fourier_matrix(f, in, out, length, true, inverse ? scale : -scale); // e^(+-i a) = cos a +- i sin a
    std::vector<std::int64_t> order;
    for (std::int64_t i = 0; i < std::ssize(x.dims) - 1; ++i) order.push_back(i);
    std::swap(order[static_cast<std::size_t>(axis)], order.back()); // its own inverse
    auto const last = std::ssize(x.dims) - 1;
    operand const a = f.transpose(f.at(x, last, 0), order);
    operand re = f.mat_mul(a, cosine), im = f.mat_mul(a, sine);
    if (!real) {
        operand const b = f.transpose(f.at(x, last, 1), order);
        re = f.sub(re, f.mat_mul(b, sine));
        im = f.add(im, f.mat_mul(b, cosine));
    }
    return {f.stack({f.transpose(re, order), f.transpose(im, order)}, last)};
}

// Frames are gathered, weighted by the window and transformed.
inline results import_stft(context& c) {
    steps const f{c};
    operand const& x = c.in(0);
    auto const step = c.known_integer(1, "frame_step");
    auto const length = c.has(3) ? c.known_integer(3, "frame_length") : c.has(2) ? element_count(c.in(2).dims) : 0;
    if (x.dims.size() != 3 || step < 1 || length < 1 || length > x.dims[1]) throw unsupported{"its frames do not fit its signal"};
    auto const frames = (x.dims[1] - length) / step + 1;
    if (frames * length > 1 << 24) throw unsupported{"has too many frames"};
    std::vector<std::int64_t> places;
    for (std::int64_t i = 0; i < frames * length; ++i) places.push_back(i / length * step + i % length);
    operand framed = f("Gather", {x, context::known(make_integers(places, {frames, length}))}, {{"axis", std::int64_t{1}}});
    if (c.has(2)) framed = f.mul(framed, f.shaped(c.in(2), {length, 1}));
    return {f("DFT", {framed}, {{"axis", std::int64_t{2}}, {"onesided", c.integer("onesided", 1)}})};
}

// Triangles between neighbouring frequencies that are evenly spaced on the mel scale.
inline results import_mel_weights(context& c) {
    auto const bins = c.known_integer(0, "num_mel_bins"), length = c.known_integer(1, "dft_length"),
               rate = c.known_integer(2, "sample_rate");
    double const low = c.known_real(3, "lower_edge_hertz"), high = c.known_real(4, "upper_edge_hertz");
    auto const mel = [](double hertz) { return 2595 * std::log10(1 + hertz / 700); };
    if (bins < 1 || bins > 1 << 14 || length < 1 || length > 1 << 20 || rate < 1 || !(low >= 0 && high > low))
        throw unsupported{"its sizes or frequencies are out of range"};
    auto const rows = length / 2 + 1;
    std::vector<std::int64_t> edges;
    for (std::int64_t i = 0; i < bins + 2; ++i) {
        double const at = mel(low) + static_cast<double>(i) * (mel(high) - mel(low)) / static_cast<double>(bins + 2);
        double const hertz = 700 * (std::pow(10, at / 2595) - 1);
        edges.push_back(
            static_cast<std::int64_t>(std::floor(static_cast<double>(length + 1) * hertz / static_cast<double>(rate))));
    }
    if (edges.back() >= rows) throw unsupported{"'upper_edge_hertz' is above half the sample rate"};
    constant_tensor values{{rows, bins}};
    for (std::int64_t i = 0; i < bins; ++i) {
        auto const* e = &edges[static_cast<std::size_t>(i)];
        if (e[0] == e[1]) values[e[1] * bins + i] = 1;
        for (auto j = e[0]; e[0] < e[1] && j <= e[1]; ++j)
            values[j * bins + i] = static_cast<double>(j - e[0]) / static_cast<double>(e[1] - e[0]);
        for (auto j = e[1]; j < e[2]; ++j)
            values[j * bins + i] = static_cast<double>(e[2] - j) / static_cast<double>(e[2] - e[1]);
    }
    return {c.known(from_fold(values, dtype_of_onnx(c.integer("output_datatype", 1)).value_or(dtype::f32)))};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> signal_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"BlackmanWindow", import_blackman}, {"DFT", import_dft},   {"HammingWindow", import_hamming},
        {"HannWindow", import_hann},         {"STFT", import_stft}, {"MelWeightMatrix", import_mel_weights},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
