// What gather commands read: whole numbers of 32 bits that count from the front.
#pragma once
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert::detail {

void widen_indices(graph& g);

} // namespace tpu_convert::detail

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/schedule/widen_indices.inl>
#endif
