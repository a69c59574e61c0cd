// Every command of the BM1684X that the machine executes.
#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/simulate/bm1684x_mac.hpp>
#include <tpu_convert/simulate/dma_gather.hpp>
#include <tpu_convert/simulate/dma_tensor.hpp>
#include <tpu_convert/simulate/machine.hpp>
#include <tpu_convert/simulate/tiu_ar.hpp>
#include <tpu_convert/simulate/tiu_compare.hpp>
#include <tpu_convert/simulate/tiu_gather.hpp>
#include <tpu_convert/simulate/tiu_move.hpp>
#include <tpu_convert/simulate/tiu_requant.hpp>
#include <tpu_convert/simulate/tiu_sfu.hpp>

namespace tpu_convert::simulate {

template <class Command, class... Commands>
concept one_of = (std::same_as<Command, Commands> || ...);

template <one_of<bm1684x::commands::ar, bm1684x::commands::ar_short> Command>
void execute(machine_state<bm1684x>& s, Command const& c) {
    run_ar(s, read_ar(c, s.sizes()));
}

template <one_of<bm1684x::commands::sfu, bm1684x::commands::sfu_short> Command>
void execute(machine_state<bm1684x>& s, Command const& c) {
    run_sfu(s, read_sfu(c));
}

template <one_of<bm1684x::commands::rqdq, bm1684x::commands::rqdq_short> Command>
void execute(machine_state<bm1684x>& s, Command const& c) {
    run_requant(s, read_requant(c));
}

template <one_of<bm1684x::commands::trans_bc, bm1684x::commands::trans_bc_short> Command>
void execute(machine_state<bm1684x>& s, Command const& c) {
    run_move(s, read_move<bm1684x>(c));
}

template <
    one_of<bm1684x::commands::sg, bm1684x::commands::sg_short, bm1684x::commands::sgl, bm1684x::commands::sgl_short> Command>
void execute(machine_state<bm1684x>& s, Command const& c) {
    run_gather(s, read_gather(c));
}

template <one_of<bm1684x::commands::cmp, bm1684x::commands::cmp_short> Command>
void execute(machine_state<bm1684x>& s, Command const& c) {
    run_compare(s, read_compare(c));
}

inline void execute(machine_state<bm1684x>& s, bm1684x::commands::dma_gather const& c) {
    run_dma_gather(s, read_dma_gather<bm1684x>(c, false));
}
inline void execute(machine_state<bm1684x>& s, bm1684x::commands::dma_scatter const& c) {
    run_dma_gather(s, read_dma_gather<bm1684x>(c, true));
}

inline void execute(machine_state<bm1684x>& s, bm1684x::commands::dma_tensor const& c) {
    run_dma_tensor(s, read_dma_tensor<bm1684x>(c));
}

// Ends and synchronisation points change nothing in memory.
inline void execute(machine_state<bm1684x>&, bm1684x::commands::sys const&) {}
inline void execute(machine_state<bm1684x>&, bm1684x::commands::dma_sys const&) {}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/machine.inl>
#else
namespace tpu_convert::simulate {
extern template class machine<bm1684x>;
}
#endif
