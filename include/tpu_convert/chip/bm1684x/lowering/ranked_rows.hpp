// What Arg and TopK have in common: whole rows in float32, and beside them the positions in a row.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/constant_operand.hpp>
#include <tpu_convert/chip/bm1684x/lowering/row_view.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert::bm1684x_lowering {

struct ranked_rows {
    row_views rows;
    kernel_plan<bm1684x> plan; // lacks its outputs and emit
};

inline ranked_rows rank_rows(lowering_context const& c, std::int64_t axis, bool falling_positions) {
    shape const& dims = c.operands[0]->dims;
    dtype const t = c.operands[0]->type;
    auto const along = tpu_convert::detail::axis_set(c.name, {axis}, dims.size());
    ranked_rows r{make_row_views(c.name, dims, along, static_cast<std::int64_t>(bytes_of(t))), {}};
    tile_operand const ramp = ramp_operand(r.rows.whole, r.rows.axes.h, falling_positions);
    r.plan.inputs = {{0, r.rows.whole, t}, ramp};
    r.plan.cuts = row_cuts(r.rows.axes);
    r.plan.input_box = [v = r.rows, positions = ramp.global](std::size_t i, box const& b) {
        box const whole = whole_rows(v, b);
        return i == 0 ? whole : broadcast_box(positions, whole);
    };
    return r;
}

// The elements of `in`, with their signs changed where the smallest are sought; both zeros become one.
inline void rank_elements(bm1684x_emit::builder& b, local_tensor const& dst, local_tensor const& in, bool smallest_first) {
    using namespace bm1684x_emit;
    if (in.type != dtype::f32) cast(b, dst, in);
    local_tensor const& from = in.type == dtype::f32 ? in : dst;
    if (smallest_first) sub(b, dst, 0.0, from);
    else add(b, dst, from, 0.0);
}

} // namespace tpu_convert::bm1684x_lowering
