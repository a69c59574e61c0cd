// Reduce: minimum, maximum, mean, sum, norms and product over axes.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/special.hpp>
#include <tpu_convert/chip/bm1684x/lowering/row_view.hpp>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/reduce.hpp>

namespace tpu_convert {

template <>
struct lowering<op::reduce, bm1684x> {
    static kernel_plan<bm1684x> plan(op::reduce::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        shape const& dims = c.operands[0]->dims;
        dtype const t = c.operands[0]->type;
        auto const along = tpu_convert::detail::axis_set(c.name, a.axes, dims.size());
        row_views const v = make_row_views(c.name, dims, along, static_cast<std::int64_t>(bytes_of(t)));
        kernel_plan<bm1684x> p;
        p.inputs = {{0, v.whole, t}};
        p.outputs = {{0, v.reduced, c.results[0]->type}};
        p.cuts = row_cuts(v.axes);
        p.input_box = [v](std::size_t, box const& b) { return whole_rows(v, b); };
        p.emit = [axes = v.axes, mode = a.mode](bm1684x_emit::builder& b, tile const& tile) { emit(b, tile, axes, mode); };
        return p;
    }

private:
    static void emit(bm1684x_emit::builder& b, tile const& t, bm1684x_emit::reduced_axes axes, reduce_mode mode) {
        using namespace bm1684x_emit;
        local_tensor const &in = t.inputs[0], &out = t.outputs[0];
        if (mode == reduce_mode::max && in.type == out.type && is_float(in.type)) return reduce_max(b, out, in, axes);
        local_tensor const x = bm1684x_lowering::widened(b, in), y = bm1684x_lowering::wide_result(b, out);
        auto const work = [&] { return x.address == in.address ? b.scratch(x.dims, dtype::f32) : x; };
        switch (mode) {
        case reduce_mode::max: reduce_max(b, y, x, axes); break;
        case reduce_mode::min: {
            local_tensor const negative = work();
            sub(b, negative, 0.0, x);
            reduce_max(b, y, negative, axes);
            sub(b, y, 0.0, y);
            break;
        }
        case reduce_mode::sum: reduce_sum(b, y, x, axes); break;
        case reduce_mode::mean: reduce_sum(b, y, x, axes, 1.0 / static_cast<double>(axes.length(x.dims))); break;
        case reduce_mode::l1: sum_of(b, y, work(), x, axes, false); break;
        case reduce_mode::l2: {
            local_tensor const squares = b.scratch(y.dims, dtype::f32);
            sum_of(b, squares, work(), x, axes, true);
            bm1684x_emit::sqrt(b, y, squares);
            break;
        }
        case reduce_mode::prod: {
            local_tensor const factors = work();
            if (factors.address != x.address) copy(b, factors, x);
            reduce_product(b, y, factors, axes);
            break;
        }
        }
        bm1684x_lowering::narrow(b, out, y);
    }
    static void sum_of(bm1684x_emit::builder& b, local_tensor const& y, local_tensor const& work, local_tensor const& x,
                       bm1684x_emit::reduced_axes axes, bool squares) {
        squares ? bm1684x_emit::mul(b, work, x, x) : bm1684x_emit::abs(b, work, x);
        bm1684x_emit::reduce_sum(b, y, work, axes);
    }
};

} // namespace tpu_convert
