// Windows of three axes (depth, height, width) as windows of two: no chip here has commands for the third.
#pragma once
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/integer/integer_conv.hpp>
#include <tpu_convert/op/max_pool.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/pass/wide_convolution.hpp>

namespace tpu_convert::pass {

// Filters [o, c, kd, kh, kw] as [o, kd c, kh, kw].
inline tensor depth_to_channels(tensor const& w) {
    std::int64_t const o = w.dim(0), c = w.dim(1), depth = w.dim(2), plane = w.dim(3) * w.dim(4);
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(w.size()));
    for (std::int64_t f = 0; f < o; ++f)
        for (std::int64_t d = 0; d < depth; ++d)
            for (std::int64_t i = 0; i < c; ++i)
                for (std::int64_t k = 0; k < plane; ++k) values.push_back(w[((f * c + i) * depth + d) * plane + k]);
    return tensor({o, depth * c, w.dim(3), w.dim(4)}, values);
}

// Each slice of the result is a convolution of the slices under it, one behind the other as channels of each group.
template <operation Op>
class volume_convolution {
    static constexpr bool integer = std::is_same_v<Op, op::integer_conv>;

public:
    volume_convolution(graph& g, graph::id v)
        : g_(g), v_(v), s_(g, v), a_(attributes<Op>(g, v)), operands_(g.operands(v)),
          axes_(reaches_of(a_, g[operands_[0]].dims, g[v].results[0].dims, dilations())) {}

    void flatten() {
        shape const in = s_.dims(operands_[0]), out = g_[v_].results[0].dims;
        std::int64_t const n = in[0], images = n * out[2];
        operands_[0] = s_.reshaped(slices(in), {images, axes_[0].kernel * in[1], in[3], in[4]});
        operands_[1] = s_.weight(depth_to_channels(*weight(g_, operands_[1])), operands_[1]);
        set_window(a_, {axes_[1], axes_[2]});
        ref const y = s_.reshaped(s_.template add_as<Op>(a_, operands_, g_[v_].results[0]), {n, out[2], out[1], out[3], out[4]});
        s_.template become<op::permute>({.order = {0, 2, 1, 3, 4}}, {y});
    }

private:
    shape dilations() const {
        if constexpr (integer) return a_.dilations;
        else return a_.dilations.value_or(shape{});
    }
    // [n, depth of the result, group, taps, channels of a group, place]
    ref slices(shape const& in) {
        window_reach& d = axes_[0];
        double value = 0;
        if constexpr (integer) value = static_cast<double>(a_.pad_value);
        ref x = operands_[0];
        if (d.before || d.after) x = s_.template add<op::pad>(op::window_padding({d.before, 0, 0, d.after, 0, 0}, 5, value), {x});
        x = s_.template add<op::permute>({.order = {0, 2, 1, 3, 4}}, {x});
        std::vector<ref> taps;
        for (std::int64_t k = 0; k < d.kernel; ++k) {
            op::slice::attributes part;
            add_tap(part, d, 1, k);
            taps.push_back(s_.reshaped(s_.template add<op::slice>(part, {x}),
                                       {in[0] * d.out, a_.group, in[1] / a_.group, in[3] * in[4]}));
        }
        return taps.size() == 1 ? taps[0] : s_.template add<op::concat>({.axis = 2}, taps);
    }

    graph& g_;
    graph::id v_;
    typed_steps s_;
    typename Op::attributes a_;
    std::vector<ref> operands_;
    window_reaches axes_;
};

template <operation Op>
void flatten_convolution(graph& g, graph::id v) {
    if (attributes<Op>(g, v).kernel_shape.size() == 3 && weight(g, operand(g, v, 1))) volume_convolution<Op>(g, v).flatten();
}

// Over planes, then over depths. Windows are boxes, so that means of means are the same, also at borders where they hold fewer
// elements. wide: the chip has float32, which means of planes get.
template <operation Op>
void flatten_pool(graph& g, graph::id v, bool wide) {
    auto const a = attributes<Op>(g, v);
    ref const x = operand(g, v, 0);
    shape const in = g[x].dims;
    if (in.size() != 5 || a.kernel_shape.size() != 3) return;
    auto const of = [](std::vector<std::int64_t> const& all, std::size_t i, std::int64_t otherwise) {
        return i < all.size() ? all[i] : otherwise;
    };
    // Two of the window's axes; an axis beyond the last one is of size 1.
    auto const along = [&](std::size_t h, std::size_t w) {
        auto two = a;
        two.do_relu = false, two.keepdims = true;
        two.kernel_shape = {of(a.kernel_shape, h, 1), of(a.kernel_shape, w, 1)};
        two.strides = {of(a.strides, h, 1), of(a.strides, w, 1)};
        two.pads = {of(a.pads, h, 0), w < 3 ? of(a.pads, w, 0) : 0, of(a.pads, 3 + h, 0), w < 3 ? of(a.pads, 3 + w, 0) : 0};
        return two;
    };
    typed_steps s(g, v);
    bool const widens = wide && std::is_same_v<Op, op::avg_pool> && is_float(g[x].type);
    ref const flat = s.reshaped(x, {in[0], in[1] * in[2], in[3], in[4]});
    ref const planes = widens ? s.add<Op>(along(1, 2), {flat}, dtype::f32) : s.add<Op>(along(1, 2), {flat});
    std::int64_t const area = s.dims(planes)[2] * s.dims(planes)[3];
    auto depths = along(0, 3);
    depths.do_relu = a.do_relu;
    s.finish(s.add<Op>(depths, {s.reshaped(planes, {in[0], in[1], in[2], area})}));
}

} // namespace tpu_convert::pass
