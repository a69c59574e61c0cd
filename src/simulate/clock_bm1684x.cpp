#include <tpu_convert/simulate/clock.inl>
#include <tpu_convert/simulate/clock_bm1684x.hpp>

namespace tpu_convert::simulate {

template class clock<bm1684x>;

} // namespace tpu_convert::simulate
