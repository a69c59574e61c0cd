#include <tpu_convert/simulate/bm1684x.hpp>
#include <tpu_convert/simulate/machine.inl>

namespace tpu_convert::simulate {

template class machine<bm1684x>;

} // namespace tpu_convert::simulate
