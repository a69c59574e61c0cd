// Movements of the TIU (TRANS&BC): c and w exchanged, copies between lanes, broadcasts from a lane and from static memory.
#pragma once
#include <cstdint>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/operand.hpp>
#include <tpu_convert/simulate/rows.hpp>

namespace tpu_convert::simulate {

enum class move_op : unsigned { cw = 0, wc = 1, lane_copy = 2, lane_broadcast = 3, static_broadcast = 4, static_distribute = 5 };

struct move_command {
    move_op op = move_op::lane_copy;
    std::uint32_t bytes = 1;
    extent4 size; // of the result
    std::uint32_t source_c = 1, source_w = 1;
    std::uint64_t result = 0, source = 0;
    std::uint64_t static_base = 0;
};

void run_move(machine_memory& m, move_command const& c);

template <class Chip, class Command>
move_command read_move(Command const& c) {
    auto const u = [](std::uint64_t v) { return static_cast<std::uint32_t>(v); };
    move_command r;
    r.op = static_cast<move_op>(c.template get<"tsk_eu_typ">());
    r.bytes = bytes_of(checked_precision(c.template get<"res0_prec">()));
    r.size = {u(c.template get<"res0_n">()), u(c.template get<"res0_c">()), u(c.template get<"res0_h">()),
              u(c.template get<"res0_w">())};
    r.source_c = u(c.template get<"opd0_c">()), r.source_w = u(c.template get<"opd0_w">());
    r.result = c.template get<"res0_addr">(), r.source = c.template get<"opd0_addr">();
    r.static_base = Chip::static_base;
    return r;
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/tiu_move.inl>
#endif
