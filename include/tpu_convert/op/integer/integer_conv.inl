#pragma once
#include <algorithm>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/integer/integer_conv.hpp>
#include <tpu_convert/op/kernel/integer.hpp>

namespace tpu_convert::integer_kernel {

// Axis i of two; a missing first axis (images of rank 3) has one element.
inline kernel::integer_window integer_axis(op::integer_conv::attributes const& a, shape const& in, shape const& out,
                                           std::size_t i) {
    std::size_t const axes = a.kernel_shape.size();
    if (i + axes < 2) return {};
    std::size_t const k = i + axes - 2;
    auto const at = [&](std::vector<std::int64_t> const& v, std::int64_t otherwise) { return k < v.size() ? v[k] : otherwise; };
    return {in[2 + k],          out[2 + k],        a.kernel_shape[k],  at(a.strides, 1),
            at(a.dilations, 1), at(a.pads, 0), at(a.inserts, 0) + 1};
}

} // namespace tpu_convert::integer_kernel

namespace tpu_convert::op {

TPU_CONVERT_INLINE std::vector<shape> integer_conv::infer(attributes const& a, std::span<shape const> in) {
    std::size_t const axes = a.kernel_shape.size();
    if (axes < 1 || axes > 2 || in[0].size() != axes + 2 || in[1].size() != axes + 2)
        detail::bad_shape(name, "images " + to_string(in[0]) + " and filters " + to_string(in[1]) +
                                                 " do not fit a window of " + std::to_string(axes) + " axes");
    shape spatial(in[0].begin() + 2, in[0].end());
    for (std::size_t i = 0; i < axes && i < a.inserts.size(); ++i) spatial[i] += (spatial[i] - 1) * a.inserts[i];
    shape out = detail::window_output(name, spatial, {a.kernel_shape, a.strides, a.pads, a.dilations, false});
    out.insert(out.begin(), {in[0][0], in[1][0]});
    return {out};
}

TPU_CONVERT_INLINE void integer_conv::evaluate(attributes const& a, std::span<tensor const* const> in, std::span<tensor> out) {
    tensor const& x = *in[0];
    auto const h = integer_kernel::integer_axis(a, x.shape(), out[0].shape(), 0);
    auto const w = integer_kernel::integer_axis(a, x.shape(), out[0].shape(), 1);
    std::int64_t const channels = x.dim(1) / a.group, filters = out[0].dim(1) / a.group, pixels = h.out * w.out;
    std::int64_t const depth = channels * h.kernel * w.kernel, block = std::clamp<std::int64_t>((1 << 16) / depth, 1, pixels);
    auto const weights = kernel::as_integers(in[1]->data(), in[1]->size());
    std::vector<std::int16_t> rows(static_cast<std::size_t>(block * depth));
    std::vector<std::int32_t> sums(static_cast<std::size_t>(block * filters));
    for (std::int64_t plane = 0; plane < x.dim(0) * a.group; ++plane)
        for (std::int64_t first = 0; first < pixels; first += block) {
            std::int64_t const count = std::min(block, pixels - first), oc = plane % a.group * filters;
            kernel::gather_windows(h, w, channels, x.data() + plane * channels * h.in * w.in,
                                   static_cast<std::int16_t>(a.pad_value), first, count, rows.data());
            kernel::integer_product(filters, count, depth, weights.data() + oc * depth, rows.data(), sums.data());
            for (std::int64_t f = 0; f < filters; ++f)
                for (std::int64_t p = 0; p < count; ++p) {
                    auto const channel = static_cast<std::size_t>(oc + f);
                    std::int64_t const biased = static_cast<std::int32_t>(
                        static_cast<std::uint32_t>(sums[static_cast<std::size_t>(f * count + p)]) +
                        static_cast<std::uint32_t>(a.bias.empty() ? 0 : a.bias[channel]));
                    out[0][(plane * filters + f) * pixels + first + p] = static_cast<float>(a.apply(biased, channel));
                }
        }
}

} // namespace tpu_convert::op
