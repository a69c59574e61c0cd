// The order in which nodes run: producers first.
#pragma once
#include <tpu_convert/graph/graph.hpp>
#include <vector>

namespace tpu_convert {

// Early conversions: what only changes a value's format runs right behind what made it, so that both can share tiles.
std::vector<graph::id> step_order(graph const& g, bool early_conversions);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/schedule/step_order.inl>
#endif
