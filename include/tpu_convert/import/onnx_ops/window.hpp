// Sliding windows as ONNX's attributes describe them, and sums over what they see.
#pragma once
#include <algorithm>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>

namespace tpu_convert::onnx_import::detail {

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

inline window pool_window(context& c) {
    auto const kernel = c.integers("kernel_shape");
    need_rank(c.in(0), 3);
    if (kernel.size() + 2 != c.in(0).dims.size()) throw unsupported{"'kernel_shape' does not fit the rank of its input"};
    auto w = window_of(c, kernel);
    resolve_pads(c, w, c.in(0).dims);
    return w;
}

inline bool has_gaps(window const& w) {
    return std::any_of(w.dilations.begin(), w.dilations.end(), [](auto d) { return d != 1; });
}

// Sums of each channel, by a convolution with ones; with ceil_mode the last window may reach behind the padding.
inline operand sum_of_windows(context& c, operand const& x, window w) {
    steps const f{c};
    auto const axes = w.kernel.size();
    for (std::size_t i = 0; i < axes && c.integer("ceil_mode", 0) != 0; ++i) {
        auto const reach = (w.kernel[i] - 1) * w.dilations[i] + 1, room = x.dims[i + 2] + w.pads[i] + w.pads[axes + i] - reach;
        auto last = (room + w.strides[i] - 1) / w.strides[i] * w.strides[i];
        if (last >= x.dims[i + 2] + w.pads[i]) last -= w.strides[i]; // no window begins there
        w.pads[axes + i] += std::max<std::int64_t>(0, last - room);
    }
    shape dims{x.dims[1], 1};
    dims.insert(dims.end(), w.kernel.begin(), w.kernel.end());
    return f("Conv", {x, f.filled(dims, 1)}, {{"strides", w.strides}, {"dilations", w.dilations}, {"pads", w.pads},
                                              {"group", std::int64_t{x.dims[1]}}});
}

inline operand mean_of_windows(context& c, operand const& x, window const& w) {
    steps const f{c};
    window counted = w;
    shape ones{1, 1};
    for (std::size_t i = 0; i < w.kernel.size(); ++i) {
        bool const all = c.integer("count_include_pad", 0) != 0;
        ones.push_back(x.dims[i + 2] + (all ? w.pads[i] + w.pads[w.kernel.size() + i] : 0));
        if (all) counted.pads[i] = counted.pads[w.kernel.size() + i] = 0;
    }
    return f.div(sum_of_windows(c, x, w), sum_of_windows(c, f.filled(ones, 1), counted));
}

} // namespace tpu_convert::onnx_import::detail
