// What holds in every graph between two passes.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert {

// Throws model_error (internal) at the first violation: names are unique, every value has a shape, operators have as many
// operands as they need, weights have the elements that their shape says, outputs exist, there is no cycle.
void verify(graph const& g);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/graph/verify.inl>
#endif
