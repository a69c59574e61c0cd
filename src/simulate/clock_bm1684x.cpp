#include <tpu_convert/simulate/clock.inl>
#include <tpu_convert/simulate/clock_bm1684x.hpp>
#include <tpu_convert/simulate/clock_bmodel.inl>
#include <tpu_convert/simulate/clock_dma.inl>
#include <tpu_convert/simulate/clock_matrix.inl>
#include <tpu_convert/simulate/clock_movement.inl>
#include <tpu_convert/simulate/clock_summary.inl>
#include <tpu_convert/simulate/clock_vector.inl>

namespace tpu_convert::simulate {
template class clock<bm1684x>;
} // namespace tpu_convert::simulate
