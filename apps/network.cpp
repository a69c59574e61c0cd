// Networks from files.
#include "network.hpp"
#include <cstdlib>
#include <filesystem>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/graph/mlir_text.hpp>
#include <tpu_convert/pass/pipeline.hpp>

namespace tpu_convert::apps {

void set_input_constants(onnx_options& o, std::vector<std::string> const& items) {
    for (auto const& item : items) {
        auto const equals = item.rfind('=');
        char* end = nullptr;
        double const number = equals == std::string::npos ? 0 : std::strtod(item.c_str() + equals + 1, &end);
        if (!end || *end || end == item.c_str() + equals + 1)
            throw model_error{error_code::usage, "--input_constants", "'" + item + "' is not of the form name=number"};
        o.input_constants[item.substr(0, equals)] = {number};
    }
}

graph load_network(std::string const& file, std::vector<std::vector<std::int64_t>> const& input_shapes,
                   std::vector<std::string> const& input_constants, std::vector<std::string> const& output_names) {
    if (file.ends_with(".mlir")) return read_mlir(file);
    onnx_options options;
    options.name = std::filesystem::path(file).stem().string();
    options.input_shapes = input_shapes, options.output_names = output_names;
    set_input_constants(options, input_constants);
    return transform_graph(import_onnx(file, options));
}

} // namespace tpu_convert::apps
