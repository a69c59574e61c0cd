// Cycles of the TIU commands that move: TRANS&BC, SG, SGL.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/clock_charge.hpp>
#include <tpu_convert/simulate/tiu_move.hpp>

namespace tpu_convert::simulate {

struct move_work {
    move_op op = move_op::lane_copy;
    local_shape result;
};
// Each lane moves one element in a cycle, or one vector if lines move.
struct pick_work {
    local_shape result;
    bool lines = false;
};

charge charge_move(clock_figures const& f, move_work const& w);
charge charge_pick(clock_figures const& f, pick_work const& w);

template <class Command>
move_work read_move_work(Command const& c) {
    return {static_cast<move_op>(c.template get<"tsk_eu_typ">()), result_shape(c, element_bytes<"res0_prec">(c))};
}

template <class Command>
pick_work read_pick_work(Command const& c) {
    return {result_shape(c, element_bytes<"res0_prec">(c)), c.sub_op_name().starts_with("sgl")};
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/clock_movement.inl>
#endif
