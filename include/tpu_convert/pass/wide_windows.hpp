// Windows that no command of a chip encodes become other nodes of the typed graph: wide ones, those of three axes, those whose
// filters are computed. What fits stays as it is.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/pass/window_limits.hpp>

namespace tpu_convert::pass {

// Paddings are made in memory. Dilated filters: those of one axis run down the rows of the same memory, which costs nothing;
// others get zeros between their taps while tiles stay small and products few, else they read shifted images as channels.
// Transposed convolutions compute each phase of their stride as channels: no product meets an inserted zero.
void fit_windows(graph& g, window_limits const& most);

} // namespace tpu_convert::pass

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/pass/wide_windows.inl>
#endif
