// Multiply-accumulate commands of the BM1684X for the machine.
#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/simulate/machine.hpp>
#include <tpu_convert/simulate/tiu_conv.hpp>
#include <tpu_convert/simulate/tiu_matmul.hpp>
#include <tpu_convert/simulate/tiu_pool.hpp>

namespace tpu_convert::simulate {

inline void execute(machine_state<bm1684x>& s, bm1684x::commands::conv_short const& c) { run_conv(s, read_conv(c)); }
inline void execute(machine_state<bm1684x>& s, bm1684x::commands::mm2_short const& c) { run_matmul2(s, read_matmul2(c)); }
inline void execute(machine_state<bm1684x>& s, bm1684x::commands::mm_short const& c) { run_matmul(s, read_matmul(c)); }
inline void execute(machine_state<bm1684x>& s, bm1684x::commands::pord_short const& c) { run_pool(s, read_pool(c)); }

} // namespace tpu_convert::simulate
