// From a typed graph to a model file: plans, addresses, tiles, command streams.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/schedule/deployment.hpp>

namespace tpu_convert {

// Nodes that the chip has no lowering for are reported all at once.
template <class Chip>
deployment deploy(graph const& top, deploy_options const& options);
// Of a graph whose values have their types already; options.types is not looked at.
template <class Chip>
deployment deploy_typed(graph typed, deploy_options const& options);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/schedule/deploy.inl>
#endif
