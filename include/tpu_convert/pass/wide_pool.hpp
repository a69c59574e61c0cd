// Pools whose padding or stride no command encodes.
#pragma once
#include <tpu_convert/lower/window.hpp>
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/integer/integer_average.hpp>
#include <tpu_convert/op/max_pool.hpp>
#include <tpu_convert/op/mul.hpp>
#include <tpu_convert/pass/axis_blocks.hpp>
#include <tpu_convert/pass/wide_convolution.hpp>

namespace tpu_convert::pass {

// Elements of a full window over those that count, for each result; nothing if all windows are full.
inline std::optional<tensor> window_weights(window_reaches const& axes, bool padding_counts) {
    shape dims{1, 1};
    std::vector<float> values{1};
    for (auto const& a : axes) {
        std::vector<float> next;
        for (float const v : values)
            for (std::int64_t o = 0; o < a.out; ++o) {
                auto const n = windows::counted(o, a.size, a.kernel, a.stride, a.before, a.after, padding_counts);
                next.push_back(v * static_cast<float>(a.kernel) / static_cast<float>(n));
            }
        values = std::move(next), dims.push_back(a.out);
    }
    if (std::all_of(values.begin(), values.end(), [](float v) { return v == 1; })) return std::nullopt;
    return tensor(dims, values);
}

template <operation Op>
double pool_padding(typename Op::attributes const& a, dtype t) {
    if constexpr (std::is_same_v<Op, op::integer_average>) return static_cast<double>(a.pad_value);
    else if (!std::is_same_v<Op, op::max_pool>) return 0;
    else if (is_float(t)) return lowest_float(t);
    else return is_signed(t) ? -128 : 0;
}

// The largest divisor of a stride that is encoded: other windows are computed and left out.
inline std::int64_t dense_stride(std::int64_t stride, std::int64_t most) {
    std::int64_t d = std::min(stride, most);
    while (stride % d != 0) --d;
    return d;
}

template <operation Op>
void fit_pool(graph& g, graph::id v, window_limits const& most) {
    auto a = attributes<Op>(g, v);
    ref x = operand(g, v, 0);
    shape const in = g[x].dims;
    std::size_t const n = a.kernel_shape.size();
    if (n < 1 || n > 2 || in.size() != n + 2) return;
    shape out = g[v].results[0].dims;
    if (out.size() != in.size()) out.resize(in.size(), 1);
    auto axes = reaches_of(a, in, out, {});
    auto const wide = [&](window_reach r) {
        if (!r.pads_within(most.padding) || r.stride > most.stride) return true;
        r.end_with_last_window(); // which may be beyond the given padding
        return r.after > most.padding;
    };
    if (std::none_of(axes.begin(), axes.end(), wide)) return;
    typed_steps s(g, v);
    std::optional<tensor> weights;
    if constexpr (std::is_same_v<Op, op::avg_pool>) weights = window_weights(axes, a.count_include_pad);
    shape pads(2 * n);
    for (std::size_t i = 0; i < n; ++i) {
        axes[i].end_with_last_window();
        pads[i] = axes[i].before, pads[n + i] = axes[i].after;
    }
    if (std::any_of(pads.begin(), pads.end(), [](auto p) { return p != 0; }))
        x = s.add<op::pad>(op::window_padding(pads, n + 2, pool_padding<Op>(a, g[x].type)), {x});
    op::slice::attributes chosen;
    a.strides.assign(n, 1), a.pads.assign(2 * n, 0), a.ceil_mode = false, a.keepdims = true;
    for (std::size_t i = 0; i < n; ++i) {
        a.strides[i] = dense_stride(axes[i].stride, most.stride);
        chosen.offset.push_back(0), chosen.steps.push_back(axes[i].stride / a.strides[i]);
        chosen.ends.push_back((out[2 + i] - 1) * chosen.steps.back() + 1),
            chosen.axes.push_back(2 + static_cast<std::int64_t>(i));
    }
    op::mul_attributes product;
    if constexpr (std::is_same_v<Op, op::avg_pool>)
        if (weights) product.do_relu = std::exchange(a.do_relu, false), product.relu_limit = a.relu_limit;
    ref y = s.add_as<Op>(a, {x}, g[v].results[0]);
    if (s.dims(y) != out) y = s.add<op::slice>(chosen, {y});
    if (weights) y = s.add<op::mul>(product, {y, s.weight(*weights, g[y].type)});
    s.finish(y);
}

} // namespace tpu_convert::pass
