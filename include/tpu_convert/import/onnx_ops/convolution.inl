// ONNX convolutions and poolings. Paddings are made explicit here.
#pragma once
#include <algorithm>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/deconv.hpp>
#include <tpu_convert/op/max_pool.hpp>
#include <tpu_convert/op/permute.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// A sliding window: one entry for each spatial axis; pads are all beginnings, then all ends.
struct window {
    std::vector<std::int64_t> kernel, strides, dilations, pads;
};

inline std::vector<std::int64_t> each_axis(context& c, std::string_view name, std::size_t axes, std::int64_t otherwise) {
    auto const v = c.integers(name, std::vector<std::int64_t>(axes, otherwise));
    if (v.size() != axes)
        throw unsupported{"'" + std::string(name) + "' has " + std::to_string(v.size()) + " entries for " +
                          std::to_string(axes) + " axes"};
    for (auto x : v)
        if (x < -65536 || x > 65536) throw unsupported{"'" + std::string(name) + "' holds " + std::to_string(x)};
    return v;
}

inline window window_of(context& c, std::vector<std::int64_t> kernel) {
    auto const axes = kernel.size();
    window w{std::move(kernel), each_axis(c, "strides", axes, 1), each_axis(c, "dilations", axes, 1), {}};
    for (std::size_t i = 0; i < axes; ++i)
        if (w.strides[i] < 1 || w.dilations[i] < 1 || w.kernel[i] < 1)
            throw unsupported{"kernel, strides and dilations must be positive"};
    return w;
}

// SAME: as many windows as there are strides in the input; what is odd goes to the end (upper) or the beginning (lower).
inline void resolve_pads(context& c, window& w, shape const& input) {
    auto const axes = w.kernel.size();
    auto const mode = c.text("auto_pad", "NOTSET");
    if (mode == "NOTSET") {
        w.pads = each_axis(c, "pads", 2 * axes, 0);
        return;
    }
    w.pads.assign(2 * axes, 0);
    if (mode == "VALID") return;
    if (mode != "SAME_UPPER" && mode != "SAME_LOWER") throw unsupported{"attribute 'auto_pad' is '" + mode + "'"};
    for (std::size_t i = 0; i < axes; ++i) {
        auto const size = input[i + 2], windows = (size + w.strides[i] - 1) / w.strides[i];
        auto const total =
            std::max<std::int64_t>((windows - 1) * w.strides[i] + (w.kernel[i] - 1) * w.dilations[i] + 1 - size, 0);
        w.pads[i] = mode == "SAME_UPPER" ? total / 2 : total - total / 2;
        w.pads[axes + i] = total - w.pads[i];
    }
}

inline void need_rank(operand const& x, std::size_t least) {
    if (x.dims.size() < least)
        throw unsupported{"its input has the shape " + to_string(x.dims) + "; at least " + std::to_string(least) +
                          " axes are needed"};
}

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
typename Pool::attributes pool_attributes(context& c) {
    auto const kernel = c.integers("kernel_shape");
    need_rank(c.in(0), 3);
    if (kernel.size() + 2 != c.in(0).dims.size()) throw unsupported{"'kernel_shape' does not fit the rank of its input"};
    auto w = window_of(c, kernel);
    if (std::any_of(w.dilations.begin(), w.dilations.end(), [](auto d) { return d != 1; }))
        throw unsupported{"pooling with dilations"};
    resolve_pads(c, w, c.in(0).dims);
    typename Pool::attributes a;
    a.kernel_shape = w.kernel;
    a.strides = w.strides;
    a.pads = w.pads;
    a.ceil_mode = c.integer("ceil_mode", 0) != 0;
    return a;
}

inline results import_max_pool(context& c) { return {c.emit<op::max_pool>(pool_attributes<op::max_pool>(c), {c.in(0)})}; }

inline results import_avg_pool(context& c) {
    auto a = pool_attributes<op::avg_pool>(c);
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
