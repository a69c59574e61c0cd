#pragma once
#include <tpu_convert/simulate/clock_movement.hpp>

namespace tpu_convert::simulate {

// Transpositions and copies between lanes move one lane's vector in a cycle; broadcasts write all lanes at once.
TPU_CONVERT_INLINE charge charge_move(clock_figures const& f, move_work const& w) {
    auto const& s = w.result;
    double const one_lane = parts(s.n * s.c * s.plane * s.bytes, f.array.vector_bytes), all_lanes = vector_pass(f.array, s);
    switch (w.op) {
    case move_op::cw:
    case move_op::wc: return {one_lane + f.start_up.transpose, 0, 0, 0, 0};
    case move_op::lane_copy: return {one_lane + f.start_up.lane_move, 0, 0, 0, 0};
    case move_op::lane_broadcast: return {all_lanes + f.start_up.lane_move, 0, 0, 0, 0};
    case move_op::static_broadcast:
    case move_op::static_distribute: return {all_lanes + f.start_up.static_move, 0, 0, 0, 0};
    }
    return {};
}

TPU_CONVERT_INLINE charge charge_pick(clock_figures const& f, pick_work const& w) {
    auto const& s = w.result;
    if (w.lines) return {vector_pass(f.array, s) + f.start_up.gather_line, 0, 0, 0, 0};
    return {s.n * channel_rows(f.array, s.c, s.address) * s.plane + f.start_up.gather, 0, 0, 0, 0};
}

} // namespace tpu_convert::simulate
