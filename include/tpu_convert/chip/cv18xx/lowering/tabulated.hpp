// A function by its tables, in each of their forms.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/interpolation.hpp>
#include <tpu_convert/chip/cv18xx/lowering/function_table.hpp>

namespace tpu_convert::cv18xx_lowering {

// y = f(x); values: the tables in local memory.
template <class Chip>
void tabulated(kernel_builder<Chip>& b, local_tensor const& y, local_tensor const& x, local_tensor const& values,
               function_table const& f) {
    if (f.form == table_form::product) cv18xx_emit::by_exponent<"tensor.mul">(b, y, x, values);
    else if (f.form == table_form::sum) cv18xx_emit::by_exponent<"tensor.add">(b, y, x, values);
    else cv18xx_emit::interpolate(b, y, x, values, f.steps);
    if (f.form == table_form::gate) cv18xx_emit::with_tensor<"tensor.mul">(b, y, y, x);
}

} // namespace tpu_convert::cv18xx_lowering
