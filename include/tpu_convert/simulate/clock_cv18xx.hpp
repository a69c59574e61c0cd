// The cost of every command of the CV18xx family.
#pragma once
#include <tpu_convert/chip/cv18xx/commands.hpp>
#include <tpu_convert/chip/cv18xx/registry.hpp>
#include <tpu_convert/chip/cv18xx/timing.hpp>
#include <tpu_convert/simulate/clock.hpp>
#include <tpu_convert/simulate/cv_matmul.hpp>
#include <tpu_convert/simulate/cv_tdma.hpp>
#include <tpu_convert/simulate/cv_tensor.hpp>
#include <tpu_convert/simulate/cv_window.hpp>

namespace tpu_convert::simulate {

charge charge_cv_window(clock_figures const& f, cv_window_command const& c, bool two_channels);
charge charge_cv_matmul(clock_figures const& f, cv_matmul_command const& c);
// table_rows: of a look-up, else 0.
charge charge_cv_tensor(clock_figures const& f, cv_tensor_command const& c, std::uint32_t table_rows);
charge charge_cv_tdma(clock_figures const& f, cv_tdma_command const& c);

template <cv18xx_chip Chip>
charge charge_of(timed<Chip> t, typename Chip::commands::conv const& c) {
    return charge_cv_window(t.figures, read_cv_window(c, cv_window_op::convolution), cv_number<"double_conv">(c) != 0);
}
template <cv18xx_chip Chip>
charge charge_of(timed<Chip> t, typename Chip::commands::pool const& c) {
    constexpr cv_window_op ops[]{cv_window_op::maximum, cv_window_op::average, cv_window_op::depthwise, cv_window_op::minimum};
    return charge_cv_window(t.figures, read_cv_window(c, ops[cv_number<"tsk_eu_typ">(c) & 3]), false);
}
template <cv18xx_chip Chip>
charge charge_of(timed<Chip> t, typename Chip::commands::matmul const& c) {
    return charge_cv_matmul(t.figures, read_cv_matmul(c));
}
template <cv18xx_chip Chip>
charge charge_of(timed<Chip> t, typename Chip::commands::tensor const& c) {
    auto const r = read_cv_tensor(c);
    return charge_cv_tensor(t.figures, r, r.op == 12 ? cv_number<"opd1_h">(c) : 0);
}
template <cv18xx_chip Chip>
charge charge_of(timed<Chip> t, typename Chip::commands::tdma const& c) {
    return charge_cv_tdma(t.figures, read_cv_tdma<Chip>(c));
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/clock.inl>
#include <tpu_convert/simulate/clock_cv18xx.inl>
#else
namespace tpu_convert::simulate {
extern template class clock<cv183x>;
extern template class clock<cv182x>;
extern template class clock<cv181x>;
extern template class clock<cv180x>;
}
#endif
