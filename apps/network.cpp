// Networks from files.
#include "network.hpp"
#include <filesystem>
#include <tpu_convert/graph/mlir_text.hpp>
#include <tpu_convert/import/onnx.hpp>
#include <tpu_convert/pass/pipeline.hpp>

namespace tpu_convert::apps {

graph load_network(std::string const& file, std::vector<std::vector<std::int64_t>> const& input_shapes) {
    if (file.ends_with(".mlir")) return read_mlir(file);
    onnx_options options;
    options.name = std::filesystem::path(file).stem().string();
    options.input_shapes = input_shapes;
    return transform_graph(import_onnx(file, options));
}

} // namespace tpu_convert::apps
