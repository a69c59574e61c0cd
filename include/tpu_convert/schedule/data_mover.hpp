// How a chip moves data; specialised in chip/<chip>/data_mover.hpp.
#pragma once

namespace tpu_convert {

// load(program&, local_tensor to, view from, base), store(program&, view to, base, local_tensor from),
// load_rows(program&, local_tensor to, view tensor, window_rows, box of what is loaded, base) where kernels ask for it,
// copy(program&, dtype, view to, base, view from, base), fill(program&, dtype, view to, base, bits),
// gather(program&, dtype, gather_plan, table, index, target),
// local_window(kernel_builder&, local_tensor, box that it holds, box wanted) -> the part, aligned.
template <class Chip>
struct data_mover;

} // namespace tpu_convert
