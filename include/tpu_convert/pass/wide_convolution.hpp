// Convolutions whose padding, stride or dilation no command encodes.
#pragma once
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/op/window_padding.hpp>
#include <tpu_convert/pass/typed_steps.hpp>
#include <tpu_convert/pass/window_geometry.hpp>

namespace tpu_convert::pass {

// Of an axis in each of its windows: the element under tap k.
inline void add_tap(op::slice::attributes& s, window_reach const& a, std::int64_t axis, std::int64_t k) {
    std::int64_t const first = k * a.dilation;
    s.offset.push_back(first), s.steps.push_back(a.stride), s.ends.push_back(first + (a.out - 1) * a.stride + 1);
    s.axes.push_back(axis);
}
inline ref first_elements(typed_steps& s, ref x, std::int64_t axis, std::int64_t count) {
    if (s.dims(x)[static_cast<std::size_t>(axis)] == count) return x;
    return s.add<op::slice>({.offset = {0}, .steps = {1}, .ends = {count}, .axes = {axis}}, {x});
}

template <operation Op>
class wide_convolution {
    static constexpr bool integer = std::is_same_v<Op, op::integer_conv>;

public:
    wide_convolution(graph& g, graph::id v, window_limits const& most)
        : g_(g), v_(v), most_(most), s_(g, v), a_(attributes<Op>(g, v)), operands_(g.operands(v)),
          axes_(reaches_of(a_, g[operands_[0]].dims, g[v].results[0].dims, dilations())) {
        auto const& in = g[operands_[0]].dims;
        depthwise_ = a_.group > 1 && a_.group == in[1] && a_.group == g[v].results[0].dims[1];
    }

    void fit() {
        if (fits()) return;
        filters_ = without_idle(*weight(g_, operands_[1]));
        if (!fits()) {
            if (!any_far()) pad();
            else if (runs_down_rows()) return down_rows();
            else if (costs_less_with_zeros()) put_zeros();
            else shift_images();
        }
        finish_in_place();
    }

private:
    shape dilations() const {
        if constexpr (integer) return a_.dilations;
        else return a_.dilations.value_or(shape{});
    }
    std::int64_t longest() const {
        return integer && depthwise_ ? most_.depthwise_integer_dilation : most_.dilation;
    }
    bool far(window_reach const& a) const {
        return a.stride > most_.stride || a.dilation > longest() || (&a == axes_.data() && a.kernel > 1 && filters_too_long());
    }
    bool any_far() const {
        return std::any_of(axes_.begin(), axes_.end(), [&](auto const& a) { return far(a); });
    }
    bool filters_too_long() const {
        auto const bytes = static_cast<std::int64_t>(bytes_of(g_[operands_[0]].type));
        std::int64_t const channels = g_[operands_[1]].dims[1], unit = bytes == 4 ? 1 : ceil_div(most_.array_bytes, bytes);
        std::int64_t taps = 1;
        for (auto const& a : axes_) taps *= a.kernel;
        return taps * (depthwise_ ? 1 : ceil_div(channels, unit) * unit) > most_.filter_row;
    }
    bool fits() const {
        return std::all_of(axes_.begin(), axes_.end(),
                           [&](auto const& a) { return a.pads_within(most_.padding) && !far(a); });
    }

    // What integers' padding, the zero point, brought by way of those taps goes into the bias.
    tensor without_idle(tensor const& w) {
        tensor kept = without_idle_taps(w, axes_);
        if constexpr (integer)
            if (a_.pad_value != 0 && kept.size() != w.size()) {
                a_.bias.resize(static_cast<std::size_t>(w.dim(0)));
                auto const add = [&](tensor const& t, std::int64_t factor) {
                    for (std::int64_t i = 0, each = t.size() / t.dim(0); i < t.size(); ++i)
                        a_.bias[static_cast<std::size_t>(i / each)] += factor * static_cast<std::int64_t>(t[i]);
                };
                add(w, a_.pad_value), add(kept, -a_.pad_value);
            }
        return kept;
    }
    void pad() {
        shape pads;
        for (auto const& a : axes_) pads.push_back(a.before);
        for (auto const& a : axes_) pads.push_back(a.after);
        for (auto& a : axes_) a.pad_in_memory();
        if (std::all_of(pads.begin(), pads.end(), [](auto p) { return p == 0; })) return;
        double value = 0;
        if constexpr (integer) value = static_cast<double>(a_.pad_value);
        operands_[0] = s_.template add<op::pad>(op::window_padding(pads, axes_.size() + 2, value), {operands_[0]});
    }

    // Position q d + r of an axis is row q, column r of the same memory, and a filter of dilation d has its taps in rows below
    // each other. An axis behind that has no kernel belongs to the columns.
    bool runs_down_rows() const {
        return axes_[0].stride == 1 && axes_[0].dilation > most_.dilation &&
               (axes_.size() == 1 || (axes_[1].kernel == 1 && axes_[1].stride == 1));
    }
    void down_rows() {
        window_reach& a = axes_[0];
        std::int64_t const d = a.dilation, rows = (a.out + d - 1) / d, all = rows + a.kernel - 1;
        a.after = all * d - a.before - a.size;
        pad();
        shape dims = s_.dims(operands_[0]);
        std::int64_t const n = dims[0], wide = axes_.size() > 1 ? axes_[1].size : 1;
        operands_[0] = s_.reshaped(operands_[0], {n, dims[1], all, d * wide});
        axes_ = {{.size = all, .out = rows, .kernel = a.kernel}, {.size = d * wide, .out = d * wide}};
        filters_ = tensor({filters_.dim(0), filters_.dim(1), axes_[0].kernel, 1}, filters_.values());
        shape out = g_[v_].results[0].dims;
        ref const y = s_.reshaped(made(), {n, out[1], rows * d, wide});
        s_.finish(first_elements(s_, y, 2, out[2]));
    }

    void put_zeros() {
        filters_ = with_zeros(filters_, axes_, zeros());
        if (!fits()) pad();
    }
    shape zeros() const {
        shape all;
        for (auto const& a : axes_) {
            all.push_back(1);
            while (a.dilation % all.back() != 0 || a.dilation / all.back() > longest()) ++all.back();
        }
        return all;
    }
    // Zeros are multiplied, and a tile's input is as large as the window: where that is much, a copy of the image for each tap
    // costs less. The figures are the clock's, of 3x3 filters on 64 to 512 channels. Shifted images make a command for each
    // group.
    bool costs_less_with_zeros() const {
        if (std::any_of(axes_.begin(), axes_.end(), [&](auto const& a) { return a.stride > most_.stride; })) return false;
        if (filters_too_long()) return false;
        constexpr std::int64_t products_of_a_copy = 512, share_of_lane = 8;
        auto const bytes = static_cast<std::int64_t>(bytes_of(g_[operands_[0]].type));
        std::int64_t taps = 1, spread = 1, shifted = filters_.dim(1), window = ceil_div(filters_.dim(1), most_.lanes) * bytes;
        for (std::size_t i = 0; i < axes_.size(); ++i) {
            taps *= axes_[i].kernel, spread *= (axes_[i].kernel - 1) * zeros()[i] + 1;
            window *= (axes_[i].kernel - 1) * axes_[i].dilation + 1;
            if (far(axes_[i])) shifted *= axes_[i].kernel;
        }
        if (shifted > most_.channels) return true;
        if (a_.group > 1) return 2 * window <= most_.lane_bytes && holds_filter(spread, window);
        if (!holds_filter(spread, window)) return false;
        return share_of_lane * window <= most_.lane_bytes &&
               (spread - taps) * filters_.dim(0) <= products_of_a_copy * taps;
    }

    // A filter of so many taps is encoded, and has room beside a window's input.
    bool holds_filter(std::int64_t taps, std::int64_t window) const {
        auto const bytes = static_cast<std::int64_t>(bytes_of(g_[operands_[0]].type));
        std::int64_t const unit = bytes == 4 ? 1 : ceil_div(most_.array_bytes, bytes);
        std::int64_t const row = taps * (depthwise_ ? 1 : ceil_div(filters_.dim(1), unit) * unit);
        return row <= most_.filter_row && row * bytes + window <= most_.lane_bytes;
    }

    // The images that the taps of far axes see, as channels: each group's channels, of each its taps, as filters have them.
    void shift_images() {
        pad();
        bool const far_h = axes_.size() > 1 && far(axes_[0]), far_w = far(axes_.back());
        std::int64_t const last = std::ssize(axes_) + 1, rows = far_h ? axes_[0].kernel : 1,
                           taps = rows * (far_w ? axes_.back().kernel : 1);
        std::vector<ref> seen;
        for (std::int64_t t = 0; t < taps; ++t) {
            op::slice::attributes part;
            if (far_h) add_tap(part, axes_[0], 2, t / (taps / rows));
            if (far_w) add_tap(part, axes_.back(), last, t % (taps / rows));
            seen.push_back(s_.template add<op::slice>(part, {operands_[0]}));
        }
        bool const dense = a_.group == 1; // then whole images lie behind each other
        shape dims = s_.dims(seen[0]);
        if (!dense)
            for (ref& x : seen) x = s_.reshaped(x, {dims[0], dims[1], 1, element_count(dims) / (dims[0] * dims[1])});
        operands_[0] = seen.size() == 1 ? seen[0] : s_.template add<op::concat>({.axis = dense ? 1 : 2}, seen);
        dims[1] *= taps;
        if (!dense) operands_[0] = s_.reshaped(operands_[0], dims);
        taps_to_channels(taps, dense);
    }
    void taps_to_channels(std::int64_t taps, bool images_first) {
        kernel_size const k(filters_);
        bool const far_h = axes_.size() > 1 && far(axes_[0]), far_w = far(axes_.back());
        if (far_h) axes_[0] = {.size = axes_[0].out, .out = axes_[0].out};
        if (far_w) axes_.back() = {.size = axes_.back().out, .out = axes_.back().out};
        std::int64_t const channels = filters_.dim(1), columns = far_w ? k.w : 1;
        shape dims = filter_dims(filters_, axes_);
        dims[1] *= taps;
        filters_ = rebuilt_filters(filters_, dims, [=](std::int64_t f, std::int64_t y, std::int64_t x) {
            std::int64_t const filter = f / (channels * taps), inside = f % (channels * taps);
            std::int64_t const tap = images_first ? inside / channels : inside % taps;
            std::int64_t const channel = images_first ? inside % channels : inside / taps;
            return k.place(filter * channels + channel, far_h ? tap / columns : y, far_w ? tap % columns : x);
        });
    }

    // Filters as a constant like the old one.
    void prepare() {
        set_window(a_, axes_);
        tensor const& old = *weight(g_, operands_[1]);
        bool const same = filters_.shape() == old.shape() && std::ranges::equal(filters_.values(), old.values());
        if (!same) operands_[1] = s_.weight(std::move(filters_), operands_[1]);
    }
    ref made() {
        prepare();
        return s_.template add_as<Op>(a_, operands_, g_[v_].results[0]);
    }
    void finish_in_place() {
        prepare();
        s_.template become<Op>(a_, operands_);
    }

    graph& g_;
    graph::id v_;
    window_limits most_;
    typed_steps s_;
    typename Op::attributes a_;
    std::vector<ref> operands_;
    window_reaches axes_;
    tensor filters_{};
    bool depthwise_ = false;
};

template <operation Op>
void fit_convolution(graph& g, graph::id v, window_limits const& most) {
    std::size_t const axes = attributes<Op>(g, v).kernel_shape.size();
    if (axes >= 1 && axes <= 2 && weight(g, operand(g, v, 1))) wide_convolution<Op>(g, v, most).fit();
}

} // namespace tpu_convert::pass
