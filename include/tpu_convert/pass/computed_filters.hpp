// A convolution whose filters are computed: a product of them with the image's windows, which are copied one tap after the other.
#pragma once
#include <tpu_convert/op/add.hpp>
#include <tpu_convert/op/cast.hpp>
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/mat_mul.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/op/window_padding.hpp>
#include <tpu_convert/pass/typed_steps.hpp>

namespace tpu_convert::pass {

// [n, taps * c, places], or of several groups [n, group, taps * c / group, places]: for each tap what it meets of the image,
// which is padded already.
inline ref windows_of(typed_steps& s, ref image, op::conv::attributes const& a, shape const& out) {
    std::size_t const axes = a.kernel_shape.size();
    shape const dims = s.dims(image);
    std::vector<ref> taps;
    for (std::int64_t t = 0; t < element_count(a.kernel_shape); ++t) {
        op::slice::attributes part;
        part.offset.assign(dims.size(), 0), part.steps.assign(dims.size(), 1), part.ends = dims;
        for (std::size_t i = axes, rest = static_cast<std::size_t>(t); i-- > 0;) {
            auto const length = static_cast<std::size_t>(a.kernel_shape[i]);
            std::int64_t const dilation = a.dilations ? (*a.dilations)[i] : 1, stride = a.strides[i];
            part.offset[2 + i] = static_cast<std::int64_t>(rest % length) * dilation, part.steps[2 + i] = stride;
            part.ends[2 + i] = part.offset[2 + i] + (out[2 + i] - 1) * stride + 1;
            rest /= length;
        }
        taps.push_back(s.add<op::slice>(part, {image}));
    }
    std::int64_t const rows = std::ssize(taps) * dims[1], places = element_count(s.dims(taps[0])) / (dims[0] * dims[1]);
    if (a.group > 1)
        for (ref& x : taps) x = s.reshaped(x, {dims[0], a.group, dims[1] / a.group, places});
    ref const all = taps.size() == 1 ? taps[0] : s.add<op::concat>({.axis = a.group > 1 ? 2 : 1}, taps);
    return a.group > 1 ? all : s.reshaped(all, {dims[0], rows, places});
}

inline void compute_filters(graph& g, graph::id v) {
    auto const a = attributes<op::conv>(g, v);
    auto const operands = g.operands(v);
    std::size_t const axes = a.kernel_shape.size();
    constexpr std::int64_t most_taps = 1024; // each is a copy
    if (weight(g, operands[1]) || axes > 2 || !is_float(g[operands[0]].type) || element_count(a.kernel_shape) > most_taps) return;
    typed_steps s(g, v);
    shape const out = g[v].results[0].dims, filters = s.dims(operands[1]);
    ref image = s.add<op::pad>(op::window_padding(a.pads, filters.size()), {operands[0]});
    dtype const t = s.type(operands[1]); // a wide image of a depthwise convolution too
    if (s.type(image) != t) image = s.add<op::cast>({.to = std::string(info(t).mlir_name)}, {image}, t);
    std::vector<std::int64_t> order{0};
    for (std::size_t i = 0; i < axes; ++i) order.push_back(static_cast<std::int64_t>(2 + i));
    order.push_back(1);
    shape factors{filters[0], element_count(filters) / filters[0]};
    if (a.group > 1) factors = {1, a.group, filters[0] / a.group, factors[1]};
    ref const rows = s.reshaped(s.add<op::permute>({.order = order}, {operands[1]}), factors);
    op::mat_mul::attributes product;
    bool const biased = operands.size() > 2 && operands[2];
    product.do_relu = a.do_relu && !biased, product.relu_limit = a.relu_limit;
    ref const sum = s.add<op::mat_mul>(product, {rows, windows_of(s, image, a, out)});
    if (!biased) return s.finish(sum);
    shape channels(out.size(), 1);
    channels[1] = out[1];
    op::add::attributes more;
    more.do_relu = a.do_relu, more.relu_limit = a.relu_limit;
    s.become<op::add>(more, {s.reshaped(sum, out), s.reshaped(operands[2], channels)});
}

} // namespace tpu_convert::pass
