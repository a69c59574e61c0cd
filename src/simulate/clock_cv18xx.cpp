#include <tpu_convert/simulate/clock.inl>
#include <tpu_convert/simulate/clock_cv18xx.inl>
#include <tpu_convert/simulate/clock_cvimodel.inl>

namespace tpu_convert::simulate {
template class clock<cv183x>;
template class clock<cv182x>;
template class clock<cv181x>;
template class clock<cv180x>;
} // namespace tpu_convert::simulate
