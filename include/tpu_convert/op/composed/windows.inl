// Poolings, and gradients of windows.
#pragma once
#include <algorithm>
#include <tpu_convert/op/composed/formula.hpp>
#include <tpu_convert/op/composed/registry.hpp>
#include <tpu_convert/op/composed/scatter.hpp>

namespace tpu_convert::op {

namespace composing {

// The matrix [size, bins] whose columns are means over windows that share the axis out.
inline term averaging_matrix(composition& c, std::int64_t size, std::int64_t bins) {
    std::vector<double> values(static_cast<std::size_t>(size * bins), 0);
    for (std::int64_t b = 0; b < bins; ++b) {
        auto const first = b * size / bins, last = ((b + 1) * size + bins - 1) / bins;
        for (auto i = first; i < last; ++i)
            values[static_cast<std::size_t>(i * bins + b)] = 1 / static_cast<double>(last - first);
    }
    return c.constant({size, bins}, std::move(values));
}

struct tap_range {
    std::int64_t stride, dilation, pad_before, out;

    // Padding needed at the end so that `taps` windows can be cut.
    std::int64_t pad_after(std::int64_t size, std::int64_t taps) const {
        return std::max<std::int64_t>(0, (out - 1) * stride + (taps - 1) * dilation + 1 - size - pad_before);
    }
    term cut(formula const& f, term padded, std::int64_t axis, std::int64_t tap) const {
        auto const first = tap * dilation;
        return f.part(padded, axis, first, first + (out - 1) * stride + 1, stride);
    }
};

} // namespace composing

TPU_CONVERT_INLINE void adaptive_avg_pool::compose(attributes const& a, composition& c) {
    formula const f{c};
    term y = c.operand(0);
    auto const axes = std::ssize(a.output_size), first = f.rank(y) - axes;
    f.require(axes >= 1 && first >= 1, "output_size has more entries than there are axes");
    for (std::int64_t i = 0; i < axes; ++i) {
        auto const axis = first + i, size = f.dim(y, axis), bins = a.output_size[static_cast<std::size_t>(i)];
        f.require(bins >= 1 && size >= 1 && size * bins <= 1 << 24, "output_size " + to_string(a.output_size) + " does not fit");
        if (bins == size) continue;
        y = f.swapped(f.product(f.swapped(y, axis, -1), composing::averaging_matrix(c, size, bins)), axis, -1);
    }
    c.result(y);
}

TPU_CONVERT_INLINE void max_pool_with_mask::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    f.require(f.rank(x) == 4 && a.kernel_shape.size() == 2 && a.strides.size() == 2 && a.pads.size() == 4 && !a.do_relu,
              "windows of two axes, without a relu, are composed");
    shape const out = f.dims(c.make<max_pool>(a, {x}));
    composing::tap_range const down{a.strides[0], 1, a.pads[0], out[2]}, along{a.strides[1], 1, a.pads[1], out[3]};
    auto const width = static_cast<double>(f.dim(x, 3));
    term const wide = f.padded(x, {0, 0, a.pads[0], a.pads[1], 0, 0, down.pad_after(f.dim(x, 2), a.kernel_shape[0]),
                                   along.pad_after(f.dim(x, 3), a.kernel_shape[1])}, -3e38);
    term best, place;
    for (std::int64_t k = 0; k < a.kernel_shape[0] * a.kernel_shape[1]; ++k) {
        auto const i = k / a.kernel_shape[1], j = k % a.kernel_shape[1];
        term const value = along.cut(f, down.cut(f, wide, 2, i), 3, j);
        composition::exact_scope const exact(c);
        term const row =
            f.ramp(out[2], 0, 2, static_cast<double>(i - a.pads[0]) * width, static_cast<double>(a.strides[0]) * width);
        term const column = f.ramp(out[3], 1, 2, static_cast<double>(j - a.pads[1]), static_cast<double>(a.strides[1]));
        term const here = f.add(row, column);
        place = best ? f.where(f.compare(compare_mode::greater, value, best), here, place) : f.spread(here, out);
        best = best ? f.max(best, value) : value;
    }
    c.result(best);
    c.result(place);
}

TPU_CONVERT_INLINE void max_unpool::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    f.require(f.rank(x) == 4 && f.dims(c.operand(1)) == f.dims(x) && a.scale_h > 0 && a.scale_w > 0 && a.scale_h < 1 << 16 &&
                  a.scale_w < 1 << 16,
              "values and mask of four axes are needed");
    shape const out{f.dim(x, 0), f.dim(x, 1), f.dim(x, 2) * a.scale_h, f.dim(x, 3) * a.scale_w};
    auto const planes = out[0] * out[1], plane = out[2] * out[3], count = element_count(f.dims(x));
    f.require(planes * plane <= composing::most_positions, "the result has more than 2^24 elements");
    composition::exact_scope const exact(c);
    term const mask = f.shaped(f.real(c.operand(1)), {planes, f.dim(x, 2) * f.dim(x, 3)});
    term const at = f.shaped(f.add(mask, f.ramp(planes, 0, 2, 0, static_cast<double>(plane))), {count});
    c.result(f.shaped(composing::scattered(c, 0, f.filled({planes * plane, 1}, 0), at, f.shaped(x, {count, 1})), out));
}

TPU_CONVERT_INLINE void max_pooling_indices_bwd::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const g = c.operand(0);
    auto const& out = a.input_shape;
    f.require(f.rank(g) == 4 && out.size() == 4 && f.dims(c.operand(1)) == f.dims(g) && out[0] == f.dim(g, 0) &&
                  out[1] == f.dim(g, 1) && out[2] > 0 && out[3] > 0,
              "gradients and indices of four axes are needed");
    auto const planes = out[0] * out[1], plane = out[2] * out[3], count = f.dim(g, 2) * f.dim(g, 3);
    f.require(out[2] <= 1 << 12 && out[3] <= 1 << 12 && planes * plane * count <= 1 << 26,
              "there are more than 2^26 pairs of places and gradients");
    term const wanted = [&] {
        composition::exact_scope const exact(c);
        return f.compare(compare_mode::equal, f.ramp(plane, 1, 3), f.shaped(f.real(c.operand(1)), {planes, 1, count}));
    }();
    c.result(f.shaped(f.product(wanted, f.shaped(g, {planes, count, 1})), out));
}

namespace composing {

// Gradients of a convolution of one group, as a product of matrices for each tap.
struct convolution_gradient {
    composition& c;
    term g, x, kernel; // [N, OC, oh, ow], [N, IC, ih, iw], [OC, IC, kh, kw]
    shape taps;        // kh, kw
    tap_range down, along;

    term padded_input() const {
        formula const f{c};
        return f.padded(x, {0, 0, down.pad_before, along.pad_before, 0, 0, down.pad_after(f.dim(x, 2), taps[0]),
                            along.pad_after(f.dim(x, 3), taps[1])});
    }
    // [OC, IC, kh, kw]
    term of_filter() const {
        formula const f{c};
        auto const pixels = f.dim(g, 0) * down.out * along.out, made = f.dim(g, 1), channels = f.dim(x, 1);
        term const wide = padded_input(), rows = f.shaped(f.turned(g, {1, 0, 2, 3}), {made, pixels});
        std::vector<term> parts;
        for (std::int64_t k = 0; k < taps[0] * taps[1]; ++k) {
            term const seen = along.cut(f, down.cut(f, wide, 2, k / taps[1]), 3, k % taps[1]);
            parts.push_back(f.product(rows, f.shaped(f.turned(seen, {0, 2, 3, 1}), {pixels, channels})));
        }
        return f.shaped(f.stacked(parts, 2), {made, channels, taps[0], taps[1]});
    }
    // The gradient with zeros between its elements: an axis of size 1 behind it is padded to the stride.
    term stretched(term t, std::int64_t axis, std::int64_t stride) const {
        formula const f{c};
        shape dims = f.dims(t), whole = dims;
        std::int64_t before = 1, after = 1;
        for (std::int64_t i = 0; i < std::ssize(dims); ++i) (i <= axis ? before : after) *= dims[static_cast<std::size_t>(i)];
        whole[static_cast<std::size_t>(axis)] *= stride;
        return f.shaped(f.padded(f.shaped(t, {before, 1, after}), {0, 0, 0, 0, stride - 1, 0}), whole);
    }
    // Element y of the input went to (y + pad - k dilation) / stride.
    term of_input() const {
        formula const f{c};
        auto const height = f.dim(x, 2), width = f.dim(x, 3), pixels = f.dim(x, 0) * height * width;
        auto const made = f.dim(g, 1), channels = f.dim(x, 1);
        term t = stretched(stretched(g, 2, down.stride), 3, along.stride);
        auto const before = [](tap_range const& r, std::int64_t count) {
            return std::max<std::int64_t>(0, (count - 1) * r.dilation - r.pad_before);
        };
        auto const first = before(down, taps[0]), left = before(along, taps[1]);
        auto const end = std::max<std::int64_t>(0, height + down.pad_before - f.dim(t, 2));
        auto const right = std::max<std::int64_t>(0, width + along.pad_before - f.dim(t, 3));
        t = f.turned(f.padded(t, {0, 0, first, left, 0, 0, end, right}), {0, 2, 3, 1});
        term sum;
        for (std::int64_t k = 0; k < taps[0] * taps[1]; ++k) {
            auto const i = k / taps[1], j = k % taps[1];
            auto const top = first + down.pad_before - i * down.dilation, side = left + along.pad_before - j * along.dilation;
            term const seen = f.part(f.part(t, 1, top, top + height), 2, side, side + width);
            term const weight = f.shaped(f.part(f.part(kernel, 2, i, i + 1), 3, j, j + 1), {made, channels});
            term const share = f.product(f.shaped(seen, {pixels, made}), weight);
            sum = sum ? f.add(sum, share) : share;
        }
        return f.turned(f.shaped(sum, {f.dim(x, 0), height, width, channels}), {0, 3, 1, 2});
    }
};

template <class Attributes>
convolution_gradient gradient_of(Attributes const& a, composition& c, term g, term x, term kernel, shape taps) {
    formula const f{c};
    auto const small = [](auto const& list, std::size_t count) {
        return list.size() >= count && std::all_of(list.begin(), list.end(), [](auto v) { return v >= 0 && v < 1 << 12; });
    };
    f.require(f.rank(g) == 4 && f.rank(x) == 4 && a.groups <= 1 && small(a.stride, 2) && small(a.padding, 4) &&
                  small(a.dilations, 2) && small(taps, 2) && f.dim(g, 0) == f.dim(x, 0) && a.stride[0] > 0 && a.stride[1] > 0,
              "images of two axes and one group are needed");
    return {c, g, x, kernel, std::move(taps), {a.stride[0], a.dilations[0], a.padding[0], f.dim(g, 2)},
            {a.stride[1], a.dilations[1], a.padding[1], f.dim(g, 3)}};
}

} // namespace composing

TPU_CONVERT_INLINE void conv_bwd::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const kernel = c.operand(2);
    f.require(f.rank(kernel) == 4, "the filter has not four axes");
    auto const gradient = composing::gradient_of(a, c, c.operand(0), c.operand(1), kernel, {f.dim(kernel, 2), f.dim(kernel, 3)});
    c.result(a.grad_input_enable ? gradient.of_input() : f.filled(f.dims(c.operand(1)), 0));
    c.result(a.grad_weight_enable ? gradient.of_filter() : f.filled(f.dims(kernel), 0));
    c.result(a.grad_bias_enable ? f.reduce(reduce_mode::sum, c.operand(0), {0, 2, 3}, false) : f.filled({f.dim(kernel, 0)}, 0));
}

TPU_CONVERT_INLINE void conv_bwd_weight::compose(attributes const& a, composition& c) {
    formula const f{c};
    auto const n = a.kernel_shape.size();
    f.require(n >= 2, "kernel_shape has not two sizes");
    shape const taps{a.kernel_shape[n - 2], a.kernel_shape[n - 1]};
    c.result(composing::gradient_of(a, c, c.operand(1), c.operand(0), {}, taps).of_filter());
}

} // namespace tpu_convert::op
