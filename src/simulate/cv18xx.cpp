#include <tpu_convert/simulate/cv18xx.hpp>
#include <tpu_convert/simulate/machine.inl>

namespace tpu_convert::simulate {

template class machine<cv183x>;
template class machine<cv182x>;
template class machine<cv181x>;
template class machine<cv180x>;

} // namespace tpu_convert::simulate
