// Pieces of operands, and operators that run on many copies of a piece at once, as one batch.
#pragma once
#include <algorithm>
#include <any>
#include <array>
#include <cmath>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/backend_onednn.hpp>
#include <tpu_convert/op/kernel/elementwise.hpp>
#include <tpu_convert/op/kernel/pixels.hpp>
#include <tpu_convert/op/kernel/rows.hpp>
#include <tpu_convert/op/reference.hpp>
#include <tpu_convert/quantize/element_sums.hpp>
#include <tpu_convert/quantize/tuning_trial.hpp>
#include <tpu_convert/quantize/wide_values.hpp>
#include <utility>

namespace tpu_convert {

namespace detail {

TPU_CONVERT_SIMD inline void quantize_row(float const* x, std::size_t n, float* y, float scale, float low, float high) {
    for (std::size_t i = 0; i < n; ++i) {
        float const q = std::trunc(x[i] / scale + std::copysign(0.5f, x[i]));
        y[i] = (q < low ? low : q > high ? high : q) * scale;
    }
}

// Where a piece of `size` out of `whole` begins: anywhere, but the same for the same turn.
inline std::int64_t piece_start(std::int64_t whole, std::int64_t size, std::size_t turn, std::size_t stride) {
    return (whole - size) * static_cast<std::int64_t>((500 + turn * stride) % 1000) / 1000;
}

// Pixels outside the image are zero, and the piece needs no padding.
inline trial_piece conv_piece(graph const& g, graph::id op, tensor const& x, bool channels_last, std::size_t turn) {
    auto a = std::any_cast<op::conv::attributes>(g[op].attributes);
    auto const& out = g[op].results[0].dims;
    auto const& in = g[g.operands(op)[0]].dims;
    auto const dilations = a.dilations.value_or(shape{});
    std::int64_t first[2], size[2];
    for (std::size_t i = 0; i < 2; ++i) {
        auto const tile = (out[i + 2] + 11) / 12;
        auto const stride = a.strides.empty() ? 1 : a.strides[i], dilation = dilations.empty() ? 1 : dilations[i];
        auto const start = piece_start(out[i + 2], tile, turn, i ? 382 : 618);
        first[i] = start * stride - (a.pads.empty() ? 0 : a.pads[i]);
        size[i] = (tile - 1) * stride + (a.kernel_shape[i] - 1) * dilation + 1;
    }
    a.pads.assign(4, 0);
    trial_piece p{tensor({1, size[0], size[1], in[1]}), std::move(a)};
    auto const row = channels_last ? in[3] * in[1] : in[3], column = channels_last ? in[1] : 1;
    auto const channel = channels_last ? 1 : in[2] * in[3];
    float* to = p.values.data();
    for (std::int64_t h = 0; h < size[0]; ++h)
        for (std::int64_t w = 0; w < size[1]; ++w, to += in[1]) {
            auto const y = first[0] + h, z = first[1] + w;
            if (y < 0 || y >= in[2] || z < 0 || z >= in[3]) continue;
            float const* const from = x.data() + y * row + z * column;
            for (std::int64_t c = 0; c < in[1]; ++c) to[c] = from[c * channel];
        }
    return p;
}

inline trial_piece matrix_piece(graph const& g, graph::id op, tensor const& x, std::size_t turn) {
    auto const depth = x.shape().back(), all = x.size() / depth;
    auto const rows = std::min<std::int64_t>(all, 16);
    auto const first = piece_start(all, rows, turn, 618);
    trial_piece p{tensor({rows, depth}), g[op].attributes};
    std::copy_n(x.data() + first * depth, rows * depth, p.values.data());
    return p;
}

// A convolution without neighbours: a product of pixels and the filter.
inline bool is_product_of_pixels(std::any const& attributes) {
    auto const* a = std::any_cast<op::conv::attributes>(&attributes);
    auto const one = [](shape const& s) { return std::all_of(s.begin(), s.end(), [](auto i) { return i == 1; }); };
    return a && a->group == 1 && one(a->kernel_shape) && one(a->strides);
}

// Without what a convolution prepares for its shape: this one runs only once.
inline tensor multiply_pixels(graph const& g, graph::id v, op::conv::attributes const& a, tensor const& x) {
    auto const refs = g.operands(v);
    auto const depth = x.shape()[3], columns = g[refs[1]].dims[0], rows = x.size() / depth;
    tensor y({rows, columns});
    backend::matrix_product({rows, columns, depth, false, true}, x.data(), g[refs[1].node].payload->data(), y.data());
    if (refs.size() > 2 && refs[2])
        for (std::int64_t r = 0; r < rows; ++r)
            kernel::affine_row<float>(y.data() + r * columns, columns, nullptr, g[refs[2].node].payload->data());
    kernel::apply_relu(fused_relu_of(a), y.data(), y.size());
    return y;
}

// The operator on another first operand; images have their channels last.
inline tensor run_piece(graph const& g, graph::id v, std::any const& attributes, tensor const& x, bool images) {
    if (is_product_of_pixels(attributes)) return multiply_pixels(g, v, std::any_cast<op::conv::attributes const&>(attributes), x);
    auto const& s = x.shape();
    std::vector<tensor const*> operands{&x};
    std::vector<shape> shapes{images ? shape{s[0], s[3], s[1], s[2]} : s};
    auto const refs = g.operands(v);
    for (std::size_t i = 1; i < refs.size(); ++i) {
        operands.push_back(refs[i] ? g[refs[i].node].payload.get() : nullptr);
        shapes.push_back(refs[i] ? g[refs[i]].dims : absent_shape());
    }
    auto const& info = *g[v].op;
    auto const result = info.infer(attributes, shapes)[0];
    std::vector<tensor> results;
    results.emplace_back(images ? kernel::pixel_shape(result) : result);
    (images ? info.evaluate_channels_last : info.evaluate)(attributes, operands, results);
    return std::move(results[0]);
}

// Sum of (x - y)^2, in sixteen partial sums of float over 4096 elements, then in double.
TPU_CONVERT_SIMD inline double sum_of_differences(float const* x, float const* y, std::size_t n) {
    constexpr std::size_t ways = 16, block = 4096;
    double all = 0;
    for (std::size_t at = 0; at < n; at += block) {
        std::size_t const end = n - at < block ? n : at + block, whole = at + (end - at) / ways * ways;
        std::array<float, ways> sums{};
        for (std::size_t i = at; i < whole; i += ways)
            for (std::size_t l = 0; l < ways; ++l) {
                float const d = x[i + l] - y[i + l];
                sums[l] += d * d;
            }
        for (std::size_t i = whole; i < end; ++i) sums[0] += (x[i] - y[i]) * (x[i] - y[i]);
        for (float const s : sums) all += static_cast<double>(s);
    }
    return all;
}

// |y_i - y_0|_2 / |y_0|_1 of parts of `count` elements.
inline std::optional<std::vector<double>> distances_to_first(float const* y0, std::int64_t count, std::int64_t parts) {
    double const norm = sum_of_magnitudes(y0, static_cast<std::size_t>(count), 0, 0).sum;
    if (!(norm > 0)) return std::nullopt;
    std::vector<double> found;
    for (std::int64_t part = 1; part < parts; ++part)
        found.push_back(std::sqrt(sum_of_differences(y0 + part * count, y0, static_cast<std::size_t>(count))) / norm);
    return found;
}

} // namespace detail

TPU_CONVERT_INLINE void quantize_values(std::span<float const> x, float* y, double threshold, bool is_signed) {
    auto const scale = static_cast<float>(threshold / (is_signed ? 127 : 255));
    detail::quantize_row(x.data(), x.size(), y, scale, is_signed ? -128.0f : 0.0f, is_signed ? 127.0f : 255.0f);
}

TPU_CONVERT_INLINE bool can_be_tried(graph const& g, graph::id v) {
    node const& n = g[v];
    auto const operands = g.operands(v);
    if (n.kind != node_kind::operation || operands.size() < 2 || !operands[0] || !detail::has_constant_weights(g, v))
        return false;
    auto const& in = g[operands[0]].dims;
    auto const& filter = g[operands[1]].dims;
    if (element_count(in) == 0) return false;
    if (n.op == &info_of<op::conv>()) {
        auto const& a = std::any_cast<op::conv::attributes const&>(n.attributes);
        bool const plain = !a.inserts || std::all_of(a.inserts->begin(), a.inserts->end(), [](auto i) { return i == 0; });
        return in.size() == 4 && a.kernel_shape.size() == 2 && plain && !a.auto_pad && element_count(n.results[0].dims) > 0;
    }
    if (n.op != &info_of<op::mat_mul>()) return false;
    auto const& a = std::any_cast<op::mat_mul::attributes const&>(n.attributes);
    if (operands.size() > 2 && operands[2] && element_count(g[operands[2]].dims) != n.results[0].dims.back()) return false;
    return in.size() >= 2 && filter.size() == 2 && !a.left_transpose;
}

TPU_CONVERT_INLINE trial_piece take_piece(graph const& g, graph::id v, tensor const& x, bool channels_last, std::size_t turn) {
    if (g[v].op == &info_of<op::conv>()) return detail::conv_piece(g, v, x, channels_last, turn);
    if (!channels_last) return detail::matrix_piece(g, v, x, turn);
    tensor planes(g[g.operands(v)[0]].dims); // rows of a matrix are those of the usual order
    backend::turn(planes.shape(), x.data(), planes.data(), false);
    return detail::matrix_piece(g, v, planes, turn);
}

TPU_CONVERT_INLINE piece_distances quantization_distances(graph const& g, graph::id v, std::span<trial_piece const* const> pieces,
                                                          std::span<double const> thresholds, bool is_signed) {
    auto const copies = static_cast<std::int64_t>(thresholds.size()) + 1, count = static_cast<std::int64_t>(pieces.size());
    bool const images = g[v].op == &info_of<op::conv>();
    auto const& first = *pieces.front();
    shape dims = first.values.shape();
    dims[0] *= copies * count;
    tensor batch(dims);
    float* to = batch.data();
    for (auto const* piece : pieces) {
        auto const values = piece->values.values();
        to = std::copy(values.begin(), values.end(), to);
        for (double const t : thresholds) quantize_values(values, to, t, is_signed), to += values.size();
    }
    auto const y = detail::run_piece(g, v, first.attributes, batch, images);
    piece_distances found;
    for (std::int64_t i = 0; i < count; ++i)
        found.push_back(detail::distances_to_first(y.data() + i * (y.size() / count), y.size() / count / copies, copies));
    return found;
}

} // namespace tpu_convert
