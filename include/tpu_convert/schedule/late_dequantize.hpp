// What is turned around (n, c, w) to (n, w, c) behind a Dequantize is turned as integers, which are shorter: the Dequantize comes
// after it and shares its tiles.
#pragma once
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert::detail {

void dequantize_late(graph& g);

} // namespace tpu_convert::detail

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/schedule/late_dequantize.inl>
#endif
