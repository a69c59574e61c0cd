// Products whose batches are repeated in part: the operand is repeated in memory.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert::pass {

void repeat_batches(graph& g);

} // namespace tpu_convert::pass

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/pass/repeated_batches.inl>
#endif
