// run and detect on a network as deploy would type it: what the chip computes, without a chip's file.
#pragma once
#include "command.hpp"
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert::apps {

// An .onnx or .mlir file; with --quantize in the types that deploy gives to it.
graph load_typed_network(arguments const& a, std::vector<std::vector<std::int64_t>> const& input_shapes);
// --quantize and what goes with it are for networks whose types are still open. Throws usage.
void check_typing(arguments const& a);

} // namespace tpu_convert::apps
