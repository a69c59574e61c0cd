// ONNX convolutions and poolings. Paddings are made explicit here.
#pragma once
#include <algorithm>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>
#include <tpu_convert/import/onnx_ops/window.hpp>
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/deconv.hpp>
#include <tpu_convert/op/max_pool.hpp>
#include <tpu_convert/op/permute.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// Kernel sizes from the filter, which counts if the attribute says otherwise.
inline std::vector<std::int64_t> filter_kernel(operand const& filter) {
    need_rank(filter, 3);
    return {filter.dims.begin() + 2, filter.dims.end()};
}

inline results import_conv(context& c) {
    operand const &x = c.in(0), &filter = c.in(1);
    auto w = window_of(c, filter_kernel(filter));
    need_rank(x, filter.dims.size());
    resolve_pads(c, w, x.dims);
    op::conv::attributes a;
    a.kernel_shape = w.kernel;
    a.strides = w.strides;
    a.pads = w.pads;
    a.dilations = w.dilations;
    a.group = c.integer("group", 1);
    a.weight_is_coeff = filter.value ? 1 : 0;
    return {c.emit<op::conv>(a, {x, filter, c.optional_in(2)})};
}

// From [C, O / group, ...] to [O, C / group, ...].
inline operand deconv_filter(context& c, operand const& filter, std::int64_t group) {
    auto const in = filter.dims[0], out = filter.dims[1];
    if (group < 1 || in % group) throw unsupported{"'group' " + std::to_string(group) + " does not divide its channels"};
    shape parted{group, in / group, out}, joined{out * group, in / group};
    op::permute::attributes swap;
    swap.order = {0, 2, 1};
    for (std::size_t i = 2; i < filter.dims.size(); ++i) {
        parted.push_back(filter.dims[i]);
        joined.push_back(filter.dims[i]);
        swap.order.push_back(static_cast<std::int64_t>(i) + 1);
    }
    return reshaped(c, c.emit<op::permute>(swap, {reshaped(c, filter, parted)}), joined);
}

// Paddings of a transposed convolution follow from the wanted output if that is given.
inline void resolve_deconv_pads(context& c, window& w, std::vector<std::int64_t>& more, shape const& input) {
    auto const axes = w.kernel.size();
    auto const mode = c.text("auto_pad", "NOTSET");
    bool const same = mode == "SAME_UPPER" || mode == "SAME_LOWER";
    w.pads = mode == "NOTSET" ? each_axis(c, "pads", 2 * axes, 0) : std::vector<std::int64_t>(2 * axes, 0);
    if (!same && !c.has("output_shape")) return;
    std::vector<std::int64_t> wanted;
    for (std::size_t i = 0; i < axes; ++i) wanted.push_back(input[i + 2] * w.strides[i]);
    wanted = c.integers("output_shape", wanted);
    if (wanted.size() < axes) throw unsupported{"'output_shape' has too few entries"};
    wanted.erase(wanted.begin(), wanted.end() - static_cast<std::ptrdiff_t>(axes));
    for (std::size_t i = 0; i < axes; ++i) {
        auto total = w.strides[i] * (input[i + 2] - 1) + more[i] + (w.kernel[i] - 1) * w.dilations[i] + 1 - wanted[i];
        if (total < 0) more[i] -= total;
        total = std::max<std::int64_t>(total, 0);
        w.pads[i] = mode == "SAME_UPPER" ? total / 2 : total - total / 2;
        w.pads[axes + i] = total - w.pads[i];
    }
}

inline results import_deconv(context& c) {
    operand const &x = c.in(0), &filter = c.in(1);
    auto w = window_of(c, filter_kernel(filter));
    need_rank(x, filter.dims.size());
    auto more = each_axis(c, "output_padding", w.kernel.size(), 0);
    resolve_deconv_pads(c, w, more, x.dims);
    op::deconv::attributes a;
    a.kernel_shape = w.kernel;
    a.strides = w.strides;
    a.pads = w.pads;
    a.dilations = w.dilations;
    a.group = c.integer("group", 1);
    a.output_padding = more;
    return {c.emit<op::deconv>(a, {x, deconv_filter(c, filter, a.group), c.optional_in(2)})};
}

template <class Pool>
typename Pool::attributes pool_attributes(context& c, window const& w) {
    typename Pool::attributes a;
    a.kernel_shape = w.kernel;
    a.strides = w.strides;
    a.pads = w.pads;
    a.ceil_mode = c.integer("ceil_mode", 0) != 0;
    return a;
}

// Position in the flat input of what element k of the window sees, for each element of the result.
inline operand window_positions(window const& w, shape const& in, shape const& out, shape const& k, bool column_major) {
    shape steps_of(in.size(), 1);
    for (std::size_t i = in.size(); i-- > 1;) steps_of[i - 1] = steps_of[i] * in[i];
    if (column_major)
        for (std::size_t i = 2; i < in.size(); ++i) steps_of[i] = product(in, 2, static_cast<std::int64_t>(i));
    auto const strides = dense_strides(out);
    std::vector<std::int64_t> values;
    for (std::int64_t e = 0; e < element_count(out); ++e) {
        std::int64_t at = 0;
        for (std::size_t i = 0; i < out.size(); ++i) {
            auto const o = e / strides[i] % out[i];
            at += steps_of[i] * (i < 2 ? o : o * w.strides[i - 2] + k[i - 2] * w.dilations[i - 2] - w.pads[i - 2]);
        }
        values.push_back(at);
    }
    return context::known(make_integers(std::move(values), out));
}

// The maximum of one strided slice for each element of the window, and the position of the first of the largest.
inline results max_pool_by_slices(context& c, operand const& input, window const& w) {
    steps const f{c};
    shape const in = input.dims;
    auto const axes = w.kernel.size();
    shape out(in.begin(), in.begin() + 2);
    std::vector<std::int64_t> pads(2 * in.size(), 0), spatial;
    for (std::size_t i = 0; i < axes; ++i) {
        auto const reach = (w.kernel[i] - 1) * w.dilations[i] + 1, room = in[i + 2] + w.pads[i] + w.pads[axes + i] - reach;
        out.push_back((room + (c.integer("ceil_mode", 0) ? w.strides[i] - 1 : 0)) / w.strides[i] + 1);
        if (room < 0) throw unsupported{"the window is larger than its input"};
        pads[i + 2] = w.pads[i];
        pads[in.size() + i + 2] = std::max<std::int64_t>((out[i + 2] - 1) * w.strides[i] + reach - in[i + 2] - w.pads[i], 0);
        spatial.push_back(static_cast<std::int64_t>(i) + 2);
    }
    auto const count = bounded_count(w.kernel, 1024);
    if (!count) throw unsupported{"pooling with a window of shape " + to_string(w.kernel)};
    operand const x = f("Pad", {input, c.known_vector(pads), f.number(-3.4e38)});
    auto const strides = dense_strides(w.kernel);
    bool const wants_places = c.node().outputs.size() > 1;
    operand best, place;
    for (std::int64_t n = 0; n < *count; ++n) {
        shape k, first, last;
        for (std::size_t i = 0; i < axes; ++i) {
            k.push_back(n / strides[i] % w.kernel[i]);
            first.push_back(k[i] * w.dilations[i]);
            last.push_back(first[i] + (out[i + 2] - 1) * w.strides[i] + 1);
        }
        operand const seen = f("Slice", {x, c.known_vector(first), c.known_vector(last), c.known_vector(spatial),
                                         c.known_vector(w.strides)});
        operand const at = wants_places ? window_positions(w, in, out, k, c.integer("storage_order", 0) != 0) : operand{};
        if (wants_places) place = n ? f.where(f("Greater", {seen, best}), at, place) : at;
        best = n ? f("Max", {best, seen}) : seen;
    }
    return wants_places ? results{best, place} : results{best};
}

// One axis after the other: the maximum of maxima.
inline operand max_pool_by_axes(context& c, window const& w) {
    operand x = c.in(0);
    auto const axes = w.kernel.size();
    for (std::size_t i = 0; i < axes; ++i) {
        std::vector<std::int64_t> const ones(axes, 1);
        window one{ones, ones, ones, std::vector<std::int64_t>(2 * axes, 0)};
        one.kernel[i] = w.kernel[i];
        one.strides[i] = w.strides[i];
        one.dilations[i] = w.dilations[i];
        one.pads[i] = w.pads[i];
        one.pads[axes + i] = w.pads[axes + i];
        x = max_pool_by_slices(c, x, one)[0];
    }
    return x;
}

inline results import_max_pool(context& c) {
    auto const w = pool_window(c);
    if (c.node().outputs.size() > 1) return max_pool_by_slices(c, c.in(0), w);
    if (has_gaps(w)) return {max_pool_by_axes(c, w)};
    return {c.emit<op::max_pool>(pool_attributes<op::max_pool>(c, w), {c.in(0)})};
}

inline results import_avg_pool(context& c) {
    auto const w = pool_window(c);
    if (has_gaps(w)) return {mean_of_windows(c, c.in(0), w)};
    auto a = pool_attributes<op::avg_pool>(c, w);
    a.count_include_pad = c.integer("count_include_pad", 0) != 0;
    return {c.emit<op::avg_pool>(a, {c.in(0)})};
}

template <class Pool>
results import_global_pool(context& c) {
    operand const& x = c.in(0);
    need_rank(x, 3);
    typename Pool::attributes a;
    a.kernel_shape.assign(x.dims.begin() + 2, x.dims.end());
    a.strides.assign(a.kernel_shape.size(), 1);
    a.pads.assign(2 * a.kernel_shape.size(), 0);
    a.ceil_mode = false;
    return {c.emit<Pool>(a, {x})};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> convolution_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"AveragePool", import_avg_pool},
        {"Conv", import_conv},
        {"ConvTranspose", import_deconv},
        {"GlobalAveragePool", import_global_pool<op::avg_pool>},
        {"GlobalMaxPool", import_global_pool<op::max_pool>},
        {"MaxPool", import_max_pool},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
