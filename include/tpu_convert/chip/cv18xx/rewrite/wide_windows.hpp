// Convolutions whose padding or dilation no command encodes: padding is made in memory, zeros go between the taps of filters.
#pragma once
#include <tpu_convert/chip/cv18xx/rewrite/steps.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/integer/integer_conv.hpp>
#include <tpu_convert/op/window_padding.hpp>

namespace tpu_convert::cv18xx_rewrite {

inline constexpr std::int64_t most_padding = 15, most_dilation = 16;

inline std::vector<std::int64_t>& dilations_of(op::conv::attributes& a) {
    if (!a.dilations) a.dilations.emplace(a.kernel_shape.size(), 1);
    return *a.dilations;
}
inline std::vector<std::int64_t>& dilations_of(op::integer_conv::attributes& a) { return a.dilations; }

template <operation Op>
void pad_before(graph& g, graph::id v, typename Op::attributes& a) {
    ref const x = pass::operand(g, v, 0);
    auto p = op::window_padding(a.pads, g[x].dims.size());
    std::fill(a.pads.begin(), a.pads.end(), 0);
    g.set_operand(v, 0, typed_steps(g, v).add<op::pad>(std::move(p), {x}));
}

// The same filters with `zeros` - 1 zeros between neighbours along each axis.
inline tensor spread_taps(tensor const& w, shape const& kernel, shape const& zeros) {
    std::int64_t const h = kernel.size() == 2 ? kernel[0] : 1, wide = kernel.back();
    std::int64_t const step_h = kernel.size() == 2 ? zeros[0] : 1, step_w = zeros.back();
    std::int64_t const out_h = (h - 1) * step_h + 1, out_w = (wide - 1) * step_w + 1, filters = w.size() / (h * wide);
    if (filters * out_h > (std::int64_t{1} << 28) / out_w)
        throw model_error{error_code::lowering_missing, "Conv", "the filters with zeros for the dilation would be too large"};
    shape dims = w.shape();
    dims.back() = out_w;
    if (kernel.size() == 2) dims[2] = out_h;
    std::vector<float> values(static_cast<std::size_t>(filters * out_h * out_w), 0.0f);
    for (std::int64_t f = 0; f < filters; ++f)
        for (std::int64_t y = 0; y < h; ++y)
            for (std::int64_t x = 0; x < wide; ++x)
                values[static_cast<std::size_t>((f * out_h + y * step_h) * out_w + x * step_w)] = w[(f * h + y) * wide + x];
    return tensor(dims, std::move(values));
}

// Depthwise convolutions of integers have none: the C-model leaves it out, but that of the CV183x.
template <operation Op>
std::int64_t longest_dilation(graph const& g, graph::id v, typename Op::attributes const& a) {
    bool const depthwise = a.group > 1 && a.group == g[pass::operand(g, v, 0)].dims[1] && a.group == g[v].results[0].dims[1];
    return depthwise && std::is_same_v<Op, op::integer_conv> ? 1 : most_dilation;
}

template <operation Op>
void fit_window(graph& g, graph::id v) {
    auto a = pass::attributes<Op>(g, v);
    std::size_t const axes = a.kernel_shape.size();
    tensor const* const filters = pass::weight(g, pass::operand(g, v, 1));
    if (axes > 2 || !filters) return;
    auto const above = [](std::vector<std::int64_t> const& all, std::int64_t most) {
        return std::any_of(all.begin(), all.end(), [&](std::int64_t i) { return i > most; });
    };
    bool const pads = above(a.pads, most_padding);
    if (pads) pad_before<Op>(g, v, a);
    std::int64_t const longest = longest_dilation<Op>(g, v, a);
    if (auto& dilations = dilations_of(a); above(dilations, longest)) {
        shape zeros(axes, 1);
        for (std::size_t i = 0; i < axes; ++i) {
            while (dilations[i] % zeros[i] != 0 || dilations[i] / zeros[i] > longest) ++zeros[i];
            dilations[i] /= zeros[i];
        }
        ref const old = pass::operand(g, v, 1);
        ref const made = typed_steps(g, v).weight(spread_taps(*filters, a.kernel_shape, zeros), old);
        g.set_operand(v, 1, made);
        for (std::size_t i = 0; i < axes; ++i) a.kernel_shape[i] = (a.kernel_shape[i] - 1) * zeros[i] + 1;
    } else if (!pads) return;
    g[v].attributes = std::move(a);
}

} // namespace tpu_convert::cv18xx_rewrite
