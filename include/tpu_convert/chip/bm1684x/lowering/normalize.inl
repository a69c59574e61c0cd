#pragma once
#include <tpu_convert/chip/bm1684x/emit/move.hpp>
#include <tpu_convert/chip/bm1684x/emit/special.hpp>
#include <tpu_convert/chip/bm1684x/lowering/normalize.hpp>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>

namespace tpu_convert::bm1684x_lowering {

namespace detail {

// Weight and bias are inputs 1 and 2 as far as the node has them; constants are kept in float32.
struct affine_inputs {
    std::size_t weight = 0, bias = 0; // positions among the plan's inputs; 0: not given
};

inline affine_inputs add_affine(kernel_plan<bm1684x>& p, view const& v, lowering_context const& c) {
    affine_inputs at;
    for (std::size_t i = 1; i < std::min<std::size_t>(c.operands.size(), 3); ++i) {
        if (!c.operands[i]) continue;
        (i == 1 ? at.weight : at.bias) = p.inputs.size();
        tile_operand made{i, v, c.operands[i]->type};
        if (c.payloads[i]) made.type = dtype::f32, made.packed = pack_dense(c.payloads[i]->values(), dtype::f32);
        p.inputs.push_back(std::move(made));
    }
    return at;
}

inline void emit_normalization(bm1684x_emit::builder& b, tile const& t, reduced_axes axes, double eps, bool centred,
                               affine_inputs at) {
    using namespace bm1684x_emit;
    local_tensor const x = widened(b, t.inputs[0]);
    double const share = 1.0 / static_cast<double>(axes.length(x.dims));
    local_tensor const row = b.scratch(axes.of(x.dims), dtype::f32), scale = b.scratch(row.dims, dtype::f32);
    local_tensor const work = b.scratch(x.dims, dtype::f32), y = wide_result(b, t.outputs[0]);
    if (centred) {
        reduce_sum(b, row, x, axes, share);
        sub(b, y, x, row);
    }
    local_tensor const& centre = centred ? y : x;
    mul(b, work, centre, centre);
    reduce_sum(b, row, work, axes, share);
    add(b, row, row, eps);
    rsqrt(b, scale, row);
    mul(b, y, centre, scale);
    auto const affine = [&](std::size_t i) {
        local_tensor const wide = widened(b, t.inputs[i]);
        return wide.dims[1] == 1 && y.dims[1] > 1 ? in_every_lane(b, wide, y.dims[1]) : wide;
    };
    if (at.weight) mul(b, y, y, affine(at.weight));
    if (at.bias) add(b, y, y, affine(at.bias));
    narrow(b, t.outputs[0], y);
}

} // namespace detail

TPU_CONVERT_INLINE kernel_plan<bm1684x> normalization_plan(normalization const& n, lowering_context const& c) {
    kernel_plan<bm1684x> p;
    p.inputs = {{0, n.rows.whole, c.operands[0]->type}};
    p.outputs = {{0, n.rows.whole, c.results[0]->type}};
    p.cuts = row_cuts(n.rows.axes);
    auto const at = detail::add_affine(p, n.affine, c);
    p.input_box = [affine = n.affine](std::size_t i, box const& b) { return i == 0 ? b : broadcast_box(affine, b); };
    p.emit = [axes = n.rows.axes, eps = n.eps, centred = n.centred, at](bm1684x_emit::builder& b, tile const& t) {
        detail::emit_normalization(b, t, axes, eps, centred, at);
    };
    return p;
}

} // namespace tpu_convert::bm1684x_lowering
