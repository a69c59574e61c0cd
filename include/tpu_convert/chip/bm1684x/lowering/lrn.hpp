// LRN: a sum of squares over a window of channels, which lie along h.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/special.hpp>
#include <tpu_convert/chip/bm1684x/lowering/row_view.hpp>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/lrn.hpp>

namespace tpu_convert {

template <>
struct lowering<op::lrn, bm1684x> {
    static kernel_plan<bm1684x> plan(op::lrn::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        if (a.size > 31)
            throw model_error{error_code::lowering_missing, c.name,
                              "size " + std::to_string(a.size) + " is above 31, which bm1684x pads at most"};
        shape const& dims = c.results[0]->dims;
        std::vector<bool> along(dims.size(), false);
        along[1] = true;
        row_views const v = make_row_views(c.name, dims, along, static_cast<std::int64_t>(bytes_of(c.results[0]->type)));
        kernel_plan<bm1684x> p;
        p.inputs = {{0, v.whole, c.operands[0]->type}};
        p.outputs = {{0, v.whole, c.results[0]->type}};
        p.cuts = row_cuts(v.axes);
        p.input_box = [](std::size_t, box const& b) { return b; };
        p.emit = [axes = v.axes, a](bm1684x_emit::builder& b, tile const& t) { emit(b, t, axes, a); };
        return p;
    }

private:
    static void emit(bm1684x_emit::builder& b, tile const& t, bm1684x_emit::reduced_axes axes, op::lrn::attributes const& a) {
        using namespace bm1684x_emit;
        local_tensor const x = bm1684x_lowering::widened(b, t.inputs[0]);
        local_tensor const squares = b.scratch(x.dims, dtype::f32), sums = b.scratch(x.dims, dtype::f32);
        mul(b, squares, x, x);
        window w;
        (axes.h ? w.kernel_h : w.kernel_w) = a.size;
        w.pads[axes.h ? 0 : 2] = (a.size - 1) / 2;
        w.pads[axes.h ? 1 : 3] = a.size / 2;
        sum_pool(b, sums, squares, w, a.alpha / static_cast<double>(a.size));
        add(b, sums, sums, a.bias);
        power(b, squares, sums, -a.beta);
        local_tensor const y = bm1684x_lowering::wide_result(b, t.outputs[0]);
        mul(b, y, x, squares);
        bm1684x_lowering::narrow(b, t.outputs[0], y);
    }
};

} // namespace tpu_convert
