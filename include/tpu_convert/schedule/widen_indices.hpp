// What gather commands read: whole numbers of 32 bits that count from the front.
#pragma once
#include <cstdint>
#include <string>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert::detail {

void widen_indices(graph& g);
// The same numbers in another type.
graph::ref converted(graph& g, graph::ref from, std::string const& name, dtype to);
// i + size (i < 0), in float32: exact for the sizes that gathers have; or in another type.
graph::ref counted_from_front(graph& g, graph::ref index, std::string const& name, std::int64_t size, dtype t = dtype::f32);

} // namespace tpu_convert::detail

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/schedule/widen_indices.inl>
#endif
