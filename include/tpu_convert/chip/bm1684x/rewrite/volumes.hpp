// Pooling over volumes, of which no command knows: over planes, then over depths. Windows are boxes, so that means of means are
// the same, also at borders where they hold fewer elements.
#pragma once
#include <tpu_convert/op/avg_pool.hpp>
#include <tpu_convert/op/max_pool.hpp>
#include <tpu_convert/pass/typed_steps.hpp>

namespace tpu_convert::bm1684x_rewrite::detail {

template <operation Op>
void split_volume_pool(graph& g, graph::id v) {
    auto const a = pass::attributes<Op>(g, v);
    pass::ref const x = pass::operand(g, v, 0);
    shape const in = g[x].dims;
    if (in.size() != 5 || a.kernel_shape.size() != 3 || !is_float(g[x].type)) return;
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
    pass::typed_steps s(g, v);
    dtype const between = std::is_same_v<Op, op::avg_pool> ? dtype::f32 : g[x].type;
    pass::ref const planes = s.add<Op>(along(1, 2), {s.reshaped(x, {in[0], in[1] * in[2], in[3], in[4]})}, between);
    std::int64_t const area = s.dims(planes)[2] * s.dims(planes)[3];
    auto depths = along(0, 3);
    depths.do_relu = a.do_relu;
    s.finish(s.add<Op>(depths, {s.reshaped(planes, {in[0], in[1], in[2], area})}));
}

} // namespace tpu_convert::bm1684x_rewrite::detail
