// TopK: K times the largest value that is left, and its first position.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/select.hpp>
#include <tpu_convert/chip/bm1684x/lowering/ranked_rows.hpp>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/top_k.hpp>

namespace tpu_convert {

template <>
struct lowering<op::top_k, bm1684x> {
    static kernel_plan<bm1684x> plan(op::top_k::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        shape const& dims = c.operands[0]->dims;
        auto [v, p] = rank_rows(c, a.axis, true);
        view const chosen = v.shortened(dims[static_cast<std::size_t>(normal_axis(a.axis, dims.size()))], a.k);
        p.outputs = {{0, chosen, c.results[0]->type}};
        if (c.results.size() > 1) p.outputs.push_back({1, chosen, c.results[1]->type});
        p.emit = [axes = v.axes, a](bm1684x_emit::builder& b, tile const& t) { emit(b, t, axes, a); };
        return std::move(p);
    }

private:
    static void emit(bm1684x_emit::builder& b, tile const& t, bm1684x_emit::reduced_axes axes, op::top_k::attributes const& a) {
        using namespace bm1684x_emit;
        local_tensor const& in = t.inputs[0];
        dims4 const row_dims = axes.of(in.dims);
        double const last = static_cast<double>(axes.length(in.dims) - 1);
        local_tensor const x = b.scratch(in.dims, dtype::f32), ramp = b.scratch(in.dims, dtype::f32),
                           at = b.scratch(in.dims, dtype::f32);
        local_tensor const best = b.scratch(row_dims, dtype::f32), place = b.scratch(row_dims, dtype::f32);
        local_tensor const values = b.scratch(t.outputs[0].dims, dtype::f32), places = b.scratch(t.outputs[0].dims, dtype::f32);
        bm1684x_lowering::rank_elements(b, x, in, !a.largest);
        copy(b, ramp, t.inputs[1]);
        for (std::int64_t k = 0; k < a.k; ++k) {
            reduce_max(b, best, x, axes);
            choose_equal(b, at, x, best, ramp, -1.0);
            reduce_max(b, place, at, axes);
            choose_equal(b, x, ramp, place, lowest, x);
            copy(b, column(values, axes, k), best);
            copy(b, column(places, axes, k), place);
        }
        if (!a.largest) sub(b, values, 0.0, values);
        bm1684x_lowering::narrow(b, t.outputs[0], values);
        if (t.outputs.size() < 2) return;
        sub(b, places, last, places);
        bm1684x_lowering::narrow(b, t.outputs[1], places);
    }
    static local_tensor column(local_tensor const& t, bm1684x_emit::reduced_axes axes, std::int64_t k) {
        return axes.h ? bm1684x_emit::rows_of(t, k, 1) : bm1684x_emit::columns_of(t, k, 1);
    }

    static constexpr double lowest = -3.4028234e38; // of a place that was taken
};

} // namespace tpu_convert
