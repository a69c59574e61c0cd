// Softmax: exp(beta x - max) over its sum, in float32.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/special.hpp>
#include <tpu_convert/chip/bm1684x/lowering/row_view.hpp>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/softmax.hpp>

namespace tpu_convert {

template <>
struct lowering<op::softmax, bm1684x> {
    static kernel_plan<bm1684x> plan(op::softmax::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        shape const& dims = c.results[0]->dims;
        std::vector<bool> along(dims.size(), false);
        along[static_cast<std::size_t>(normal_axis(a.axis, dims.size()))] = true;
        dtype const t = c.results[0]->type;
        row_views const v = make_row_views(c.name, dims, along, static_cast<std::int64_t>(bytes_of(t)));
        kernel_plan<bm1684x> p;
        p.inputs = {{0, v.whole, c.operands[0]->type}};
        p.outputs = {{0, v.whole, t}};
        p.cuts = row_cuts(v.axes);
        p.input_box = [](std::size_t, box const& b) { return b; };
        p.emit = [axes = v.axes, a](bm1684x_emit::builder& b, tile const& tile) { emit(b, tile, axes, a); };
        return p;
    }

private:
    static void emit(bm1684x_emit::builder& b, tile const& t, bm1684x_emit::reduced_axes axes, op::softmax::attributes const& a) {
        using namespace bm1684x_emit;
        local_tensor const &x = t.inputs[0], &out = t.outputs[0];
        local_tensor const shifted = b.scratch(x.dims, dtype::f32);
        local_tensor const row = b.scratch(axes.of(x.dims), dtype::f32), powers = bm1684x_lowering::wide_result(b, out);
        if (x.type != dtype::f32) cast(b, shifted, x);
        if (a.beta != 1) mul(b, shifted, x.type == dtype::f32 ? x : shifted, a.beta);
        local_tensor const& scaled = x.type == dtype::f32 && a.beta == 1 ? x : shifted;
        reduce_max(b, row, scaled, axes);
        sub(b, shifted, scaled, row);
        exp(b, powers, shifted);
        reduce_sum(b, row, powers, axes);
        if (a.log) {
            local_tensor const logarithm = b.scratch(row.dims, dtype::f32);
            log(b, logarithm, row);
            sub(b, powers, shifted, logarithm);
        } else {
            div(b, powers, powers, row);
        }
        bm1684x_lowering::narrow(b, out, powers);
    }
};

} // namespace tpu_convert
