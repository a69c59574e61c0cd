// Every command of the BM1684X that the machine executes.
#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/commands.hpp>
#include <tpu_convert/simulate/machine.hpp>
#include <tpu_convert/simulate/tiu_ar.hpp>

namespace tpu_convert::simulate {

template <class Command, class... Commands>
concept one_of = (std::same_as<Command, Commands> || ...);

template <one_of<bm1684x::commands::ar, bm1684x::commands::ar_short> Command>
void execute(machine_state<bm1684x>& s, Command const& c) {
    run_ar(s, read_ar(c, s.sizes()));
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/machine.inl>
#else
namespace tpu_convert::simulate {
extern template class machine<bm1684x>;
}
#endif
