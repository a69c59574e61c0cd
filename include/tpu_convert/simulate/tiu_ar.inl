// Dispatch of tensor arithmetic.
#pragma once
#include <tpu_convert/simulate/tiu_ar.hpp>
#include <tpu_convert/simulate/tiu_ar_float.hpp>

namespace tpu_convert::simulate {

TPU_CONVERT_INLINE void run_ar(machine_memory& m, ar_command const& c) {
    run_ar_float(m, c);
}

} // namespace tpu_convert::simulate
