// A graph as Top-dialect MLIR text with its weights in an .npz file beside it: TPU-MLIR's format.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/io/atomic_file.hpp>

namespace tpu_convert {

// The text; `weight_file` is how it names the file of weights.
std::string print_mlir(graph const& g, std::string_view weight_file);
// Weights by name; may return null.
using weight_source = std::function<std::shared_ptr<tensor const>(std::string const& name)>;
// Throws model_error with file and line. Operators that do not exist here are listed in one error of code operator_unsupported.
// `open_weights` is called once, with the file that the text names.
graph parse_mlir(std::string_view text, std::string_view file,
                 std::function<weight_source(std::string const& weight_file)> const& open_weights);

// <name>_top_f32_all_weight.npz
std::string weight_file_name(graph const& g);
// Both files must be committed by the caller.
void write_mlir(atomic_file& mlir, atomic_file& weights, graph const& g);
graph read_mlir(std::filesystem::path const& mlir);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/graph/mlir_file.inl>
#include <tpu_convert/graph/mlir_print.inl>
#include <tpu_convert/graph/mlir_read.inl>
#endif
