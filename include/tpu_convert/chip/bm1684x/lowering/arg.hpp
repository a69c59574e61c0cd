// Arg: the extremum of a row, then the largest of the (rising or falling) positions that hold it.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/select.hpp>
#include <tpu_convert/chip/bm1684x/lowering/ranked_rows.hpp>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/arg.hpp>

namespace tpu_convert {

template <>
struct lowering<op::arg, bm1684x> {
    static kernel_plan<bm1684x> plan(op::arg::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        auto [v, p] = rank_rows(c, a.axis, !a.select_last_index);
        p.outputs = {{0, v.reduced, c.results[0]->type}};
        p.emit = [axes = v.axes, a](bm1684x_emit::builder& b, tile const& t) { emit(b, t, axes, a); };
        return std::move(p);
    }

private:
    static void emit(bm1684x_emit::builder& b, tile const& t, bm1684x_emit::reduced_axes axes, op::arg::attributes const& a) {
        using namespace bm1684x_emit;
        local_tensor const &in = t.inputs[0], &out = t.outputs[0];
        local_tensor const x = b.scratch(in.dims, dtype::f32), row = b.scratch(out.dims, dtype::f32);
        bm1684x_lowering::rank_elements(b, x, in, a.mode == arg_mode::min);
        reduce_max(b, row, x, axes);
        choose_equal(b, x, x, row, t.inputs[1], -1.0);
        reduce_max(b, row, x, axes);
        if (!a.select_last_index) sub(b, row, static_cast<double>(axes.length(in.dims) - 1), row);
        bm1684x_lowering::narrow(b, out, row);
    }
};

} // namespace tpu_convert
