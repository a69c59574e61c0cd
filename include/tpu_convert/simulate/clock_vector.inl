#pragma once
#include <tpu_convert/simulate/clock_vector.hpp>

namespace tpu_convert::simulate {

TPU_CONVERT_INLINE charge charge_vector(clock_figures const& f, vector_work const& w) {
    return {vector_pass(f.array, w.result) * w.passes + w.start_up, 0, 0, 0, 0};
}

} // namespace tpu_convert::simulate
