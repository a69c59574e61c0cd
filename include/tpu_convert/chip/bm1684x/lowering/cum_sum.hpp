// CumSum: sums over 1, 2, 4... elements, in float32.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/row_view.hpp>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/cum_sum.hpp>

namespace tpu_convert {

template <>
struct lowering<op::cum_sum, bm1684x> {
    static kernel_plan<bm1684x> plan(op::cum_sum::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        shape const& dims = c.operands[0]->dims;
        auto const along = tpu_convert::detail::axis_set(c.name, {a.axis}, dims.size());
        row_views const v = make_row_views(c.name, dims, along, static_cast<std::int64_t>(bytes_of(c.operands[0]->type)));
        kernel_plan<bm1684x> p;
        p.inputs = {{0, v.whole, c.operands[0]->type}};
        p.outputs = {{0, v.whole, c.results[0]->type}};
        p.cuts = row_cuts(v.axes);
        p.input_box = [](std::size_t, box const& b) { return b; };
        p.emit = [axes = v.axes](bm1684x_emit::builder& b, tile const& t) {
            using namespace bm1684x_emit;
            local_tensor const &in = t.inputs[0], &out = t.outputs[0];
            local_tensor const x = b.scratch(in.dims, dtype::f32), spare = b.scratch(in.dims, dtype::f32);
            in.type == dtype::f32 ? copy(b, x, in) : cast(b, x, in);
            local_tensor const y = wide_result(b, out);
            running_sum(b, y, x, spare, axes);
            narrow(b, out, y);
        };
        return p;
    }
};

} // namespace tpu_convert
