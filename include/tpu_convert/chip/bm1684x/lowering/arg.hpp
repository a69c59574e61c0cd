// Arg: the extremum of a row, then the largest of the (rising or falling) positions that hold it.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/select.hpp>
#include <tpu_convert/chip/bm1684x/lowering/constant_operand.hpp>
#include <tpu_convert/chip/bm1684x/lowering/row_view.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/arg.hpp>

namespace tpu_convert {

template <>
struct lowering<op::arg, bm1684x> {
    static kernel_plan<bm1684x> plan(op::arg::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        shape const& dims = c.operands[0]->dims;
        dtype const t = c.operands[0]->type;
        auto const along = tpu_convert::detail::axis_set(c.name, {a.axis}, dims.size());
        row_views const v = make_row_views(c.name, dims, along, static_cast<std::int64_t>(bytes_of(c.operands[0]->type)));
        kernel_plan<bm1684x> p;
        p.inputs = {{0, v.whole, t}, ramp_operand(v.whole, v.axes.h, !a.select_last_index)};
        p.outputs = {{0, v.reduced, c.results[0]->type}};
        p.cuts = row_cuts(v.axes);
        p.input_box = [v, ramp = p.inputs[1].global](std::size_t i, box const& b) {
            box const whole = whole_rows(v, b);
            return i == 0 ? whole : broadcast_box(ramp, whole);
        };
        p.emit = [axes = v.axes, a](bm1684x_emit::builder& b, tile const& t) { emit(b, t, axes, a); };
        return p;
    }

private:
    static void emit(bm1684x_emit::builder& b, tile const& t, bm1684x_emit::reduced_axes axes, op::arg::attributes const& a) {
        using namespace bm1684x_emit;
        local_tensor const &in = t.inputs[0], &out = t.outputs[0];
        local_tensor const x = b.scratch(in.dims, dtype::f32), row = b.scratch(out.dims, dtype::f32);
        if (in.type != dtype::f32) cast(b, x, in);
        local_tensor const& from = in.type == dtype::f32 ? in : x;
        // Adding zero also makes both zeros one.
        if (a.mode == arg_mode::min) sub(b, x, 0.0, from);
        else add(b, x, from, 0.0);
        reduce_max(b, row, x, axes);
        choose_equal(b, x, x, row, t.inputs[1], -1.0);
        reduce_max(b, row, x, axes);
        if (!a.select_last_index) sub(b, row, static_cast<double>(axes.length(in.dims) - 1), row);
        bm1684x_lowering::store_f32(b, out, row);
    }
};

} // namespace tpu_convert
