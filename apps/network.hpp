// Networks from files that the float reference can run.
#pragma once
#include "command.hpp"
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert::apps {

// An .onnx file through import and passes, or an .mlir file as it is.
graph load_network(std::string const& file, std::vector<std::vector<std::int64_t>> const& input_shapes);

} // namespace tpu_convert::apps
