// Every command of the CV18xx family that the machine executes.
#pragma once
#include <tpu_convert/chip/cv180x/chip.hpp>
#include <tpu_convert/chip/cv181x/chip.hpp>
#include <tpu_convert/chip/cv182x/chip.hpp>
#include <tpu_convert/chip/cv183x/chip.hpp>
#include <tpu_convert/chip/cv18xx/commands.hpp>
#include <tpu_convert/simulate/cv_matmul.hpp>
#include <tpu_convert/simulate/cv_tdma.hpp>
#include <tpu_convert/simulate/cv_tensor.hpp>
#include <tpu_convert/simulate/cv_window.hpp>
#include <tpu_convert/simulate/machine.hpp>

namespace tpu_convert::simulate {

template <cv18xx_chip Chip>
void execute(machine_state<Chip>& s, typename Chip::commands::conv const& c) {
    run_cv_window(s, read_cv_window(c, cv_window_op::convolution));
}
template <cv18xx_chip Chip>
void execute(machine_state<Chip>& s, typename Chip::commands::pool const& c) {
    constexpr cv_window_op ops[]{cv_window_op::maximum, cv_window_op::average, cv_window_op::depthwise, cv_window_op::minimum};
    run_cv_window(s, read_cv_window(c, ops[cv_number<"tsk_eu_typ">(c)]));
}
template <cv18xx_chip Chip>
void execute(machine_state<Chip>& s, typename Chip::commands::matmul const& c) {
    run_cv_matmul(s, read_cv_matmul(c));
}
template <cv18xx_chip Chip>
void execute(machine_state<Chip>& s, typename Chip::commands::tensor const& c) {
    run_cv_tensor(s, read_cv_tensor(c));
}
template <cv18xx_chip Chip>
void execute(machine_state<Chip>& s, typename Chip::commands::tdma const& c) {
    run_cv_tdma(s, read_cv_tdma<Chip>(c));
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/machine.inl>
#else
namespace tpu_convert::simulate {
extern template class machine<cv183x>;
extern template class machine<cv182x>;
extern template class machine<cv181x>;
extern template class machine<cv180x>;
}
#endif
