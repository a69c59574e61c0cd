// Casts of the AR command with a float type on at least one side.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/tiu_ar.hpp>

namespace tpu_convert::simulate {

void run_ar_cast(machine_memory& m, ar_command const& c);

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/tiu_ar_cast.inl>
#endif
