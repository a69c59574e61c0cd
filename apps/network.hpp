// Networks from files that the float reference can run.
#pragma once
#include "command.hpp"
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/import/onnx.hpp>

namespace tpu_convert::apps {

// An .onnx file through import and passes, or an .mlir file as it is. output_names: where an .onnx file is cut; none: nowhere.
graph load_network(std::string const& file, std::vector<std::vector<std::int64_t>> const& input_shapes,
                   std::vector<std::string> const& input_constants = {}, std::vector<std::string> const& output_names = {});
// Items name=number.
void set_input_constants(onnx_options& o, std::vector<std::string> const& items);

} // namespace tpu_convert::apps
