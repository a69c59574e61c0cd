#include <tpu_convert/simulate/cv18xx.hpp>
#include <tpu_convert/simulate/cv_matmul.inl>
#include <tpu_convert/simulate/cv_operand.inl>
#include <tpu_convert/simulate/cv_tdma.inl>
#include <tpu_convert/simulate/cv_tensor.inl>
#include <tpu_convert/simulate/cv_unpack.inl>
#include <tpu_convert/simulate/cv_window.inl>
#include <tpu_convert/simulate/host_functions.inl>
#include <tpu_convert/simulate/machine.inl>

namespace tpu_convert::simulate {
template class machine<cv183x>;
template class machine<cv182x>;
template class machine<cv181x>;
template class machine<cv180x>;
} // namespace tpu_convert::simulate
