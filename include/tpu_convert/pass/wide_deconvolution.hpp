// Transposed convolutions whose stride or padding no command encodes.
#pragma once
#include <tpu_convert/op/deconv.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/pass/wide_convolution.hpp>

namespace tpu_convert::pass {

// Results q s + r of one r, a phase, are a convolution of stride 1 over the input itself: zeros between its elements meet the
// same taps of the turned filter in all of them. Taps j = first + m s read element q - ahead + m (+ 1 behind phase `turn`).
struct phase_axis {
    std::int64_t step, ahead, turn, kernel, taps = 1;

    explicit phase_axis(window_reach const& a)
        : step(a.step), ahead((a.before - (((a.before % a.step) + a.step) % a.step)) / a.step),
          turn(a.before - ahead * a.step), kernel(a.kernel) {
        for (std::int64_t r = 0; r < step; ++r)
            if (first(r) < kernel) taps = std::max(taps, (kernel - 1 - first(r)) / step + 1 + (r > turn));
    }
    std::int64_t first(std::int64_t r) const { return r <= turn ? turn - r : turn - r + step; }
    // The tap that meets element q - ahead + m, or -1.
    std::int64_t tap(std::int64_t r, std::int64_t m) const {
        std::int64_t const j = first(r) + (m - (r > turn)) * step;
        return m >= (r > turn) && j < kernel ? j : -1;
    }
    window_reach reach(window_reach const& a) const {
        window_reach made{.size = a.size, .out = (a.out + step - 1) / step, .kernel = taps, .before = ahead};
        made.end_with_last_window();
        return made;
    }
};

// Filters of all phases: channel (o, phase of rows, phase of columns).
inline tensor phase_filters(tensor const& w, std::vector<phase_axis> const& axes, window_reaches const& reaches) {
    kernel_size const k(w);
    std::int64_t const channels = w.dim(1), rows = axes.size() > 1 ? axes[0].step : 1, columns = axes.back().step;
    shape dims = filter_dims(w, reaches);
    dims[0] *= rows * columns;
    return rebuilt_filters(w, dims, [=](std::int64_t f, std::int64_t y, std::int64_t x) -> std::int64_t {
        std::int64_t const o = f / channels, phase = o % (rows * columns);
        std::int64_t const h = axes.size() > 1 ? axes[0].tap(phase / columns, y) : 0, v = axes.back().tap(phase % columns, x);
        return h < 0 || v < 0 ? -1 : k.place(o / (rows * columns) * channels + f % channels, h, v);
    });
}

template <class T>
std::vector<T> each_repeated(std::span<T const> values, std::int64_t times) {
    std::vector<T> all;
    for (auto const& v : values) all.insert(all.end(), static_cast<std::size_t>(times), v);
    return all;
}

// [n, (o, phase of rows, phase of columns), rows, columns] to the image of all places: columns and their phases first, which the
// chip turns in its lanes, then whole rows.
inline ref interleaved(typed_steps& s, ref y, std::vector<phase_axis> const& phases, shape const& out) {
    std::int64_t const planes = out[0] * out[1], columns = phases.back().step, rows = phases.size() > 1 ? phases[0].step : 1;
    std::int64_t const high = phases.size() > 1 ? s.dims(y)[2] : 1, wide = s.dims(y).back();
    if (columns > 1) {
        ref const apart = s.reshaped(y, {planes * rows, columns, high, wide});
        y = s.add<op::permute>({.order = {0, 2, 3, 1}}, {apart});
    }
    if (rows > 1) {
        ref const apart = s.reshaped(y, {planes, rows, high, wide * columns});
        y = s.add<op::permute>({.order = {0, 2, 1, 3}}, {apart});
    }
    y = s.reshaped(y, {out[0], out[1], high * rows, wide * columns});
    if (phases.size() > 1) y = first_elements(s, y, 2, out[2]);
    return first_elements(s, y, 3, out.back());
}

// The convolution `a` of phases, its bias already one for each channel; then channels become places between places.
template <operation Op>
void compute_phases(graph& g, graph::id v, typename Op::attributes a, std::vector<ref> operands, window_reaches axes,
                    tensor const& filters, window_limits const& most) {
    typed_steps s(g, v);
    shape const out = g[v].results[0].dims;
    shape zeros;
    for (auto const& x : axes) zeros.push_back(x.dilation);
    tensor const spread = with_zeros(filters, axes, zeros);
    std::vector<phase_axis> const phases(axes.begin(), axes.end());
    window_reaches made;
    for (std::size_t i = 0; i < axes.size(); ++i) made.push_back(phases[i].reach(axes[i]));
    operands[1] = s.weight(phase_filters(spread, phases, made), operands[1]);
    set_window(a, made);
    ref const y = s.add_as<Op>(a, operands, g[v].results[0]);
    s.finish(interleaved(s, y, phases, out));
    fit_convolution<Op>(g, y.node, most);
}

inline bool phases_needed(window_reaches const& axes, window_limits const& most) {
    return std::any_of(axes.begin(), axes.end(), [&](auto const& a) {
        return !a.pads_within(most.padding) || a.dilation > most.dilation || a.step - 1 > most.insertion;
    });
}
inline std::int64_t phases_of(window_reaches const& axes) {
    std::int64_t n = 1;
    for (auto const& a : axes) n *= a.step;
    return n;
}

inline void fit_deconvolution(graph& g, graph::id v, window_limits const& most) {
    auto const& a = attributes<op::deconv>(g, v);
    auto operands = g.operands(v);
    tensor const *const filters = weight(g, operands[1]), *const bias = weight(g, operand(g, v, 2));
    if (a.kernel_shape.empty() || a.kernel_shape.size() > 2 || !filters || (operand(g, v, 2) && !bias)) return;
    auto const form = op::deconv::as_convolution(a);
    op::conv::attributes made;
    static_cast<op::filter_attributes&>(made) = a;
    made.strides.clear(), made.pads = form.pads;
    auto const axes = reaches_of(made, g[operands[0]].dims, g[v].results[0].dims, form.dilations, form.inserts);
    if (!phases_needed(axes, most)) return;
    if (bias) {
        auto const values = each_repeated<float>(bias->values(), phases_of(axes) * filters->dim(0) / bias->size());
        operands[2] = typed_steps(g, v).weight(tensor({std::ssize(values)}, values), operands[2]);
    }
    compute_phases<op::conv>(g, v, std::move(made), operands, axes, op::deconv::turned(a, *filters), most);
}

// The same of integers, whose filters are turned already.
inline void fit_inserted(graph& g, graph::id v, window_limits const& most) {
    auto a = attributes<op::integer_conv>(g, v);
    auto const operands = g.operands(v);
    tensor const* const filters = weight(g, operands[1]);
    if (a.kernel_shape.empty() || a.kernel_shape.size() > 2 || !filters) return;
    auto const axes = reaches_of(a, g[operands[0]].dims, g[v].results[0].dims, a.dilations, a.inserts);
    bool const strides = std::any_of(axes.begin(), axes.end(), [](auto const& x) { return x.stride != 1; });
    if (strides || a.pad_value != 0 || !phases_needed(axes, most)) return;
    std::int64_t const phases = phases_of(axes);
    for (auto* each : {&a.bias, &a.multipliers, &a.shifts})
        if (std::ssize(*each) == filters->dim(0)) *each = each_repeated<std::int64_t>(*each, phases);
    a.inserts.clear();
    compute_phases<op::integer_conv>(g, v, std::move(a), operands, axes, *filters, most);
}

} // namespace tpu_convert::pass
