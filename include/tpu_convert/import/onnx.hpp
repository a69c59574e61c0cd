// An .onnx file becomes a graph of Top operators with static shapes; what is known at import is folded.
#pragma once
#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <vector>

namespace tpu_convert {

struct onnx_options {
    std::string name{};                 // of the graph; the model's own if empty
    // Of all inputs that are not made constant, in the model's order; empty: as the model says.
    std::vector<shape> input_shapes{};
    std::vector<dtype> input_types{};   // likewise
    std::vector<std::string> output_names{}; // where the network is cut, in this order; empty: the model's outputs
    std::map<std::string, std::vector<double>> input_constants{}; // inputs that become constants; one value fills the shape
};

// Throws model_error. Nodes that cannot be imported are listed in one error, unsupported_nodes.
graph import_onnx(std::filesystem::path const& path, onnx_options const& options = {});

// The same from memory.
graph import_onnx(std::span<std::byte const> bytes, onnx_options const& options = {});

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/import/onnx.inl>
#include <tpu_convert/import/onnx_importers.inl>
#include <tpu_convert/import/onnx_ops/activation.inl>
#include <tpu_convert/import/onnx_ops/arithmetic.inl>
#include <tpu_convert/import/onnx_ops/bitwise.inl>
#include <tpu_convert/import/onnx_ops/contraction.inl>
#include <tpu_convert/import/onnx_ops/control.inl>
#include <tpu_convert/import/onnx_ops/convolution.inl>
#include <tpu_convert/import/onnx_ops/function.inl>
#include <tpu_convert/import/onnx_ops/indexing.inl>
#include <tpu_convert/import/onnx_ops/known_value.inl>
#include <tpu_convert/import/onnx_ops/loss.inl>
#include <tpu_convert/import/onnx_ops/matrix.inl>
#include <tpu_convert/import/onnx_ops/movement.inl>
#include <tpu_convert/import/onnx_ops/normalization.inl>
#include <tpu_convert/import/onnx_ops/patches.inl>
#include <tpu_convert/import/onnx_ops/quantized.inl>
#include <tpu_convert/import/onnx_ops/recurrent.inl>
#include <tpu_convert/import/onnx_ops/reduction.inl>
#include <tpu_convert/import/onnx_ops/resize.inl>
#include <tpu_convert/import/onnx_ops/sampling.inl>
#include <tpu_convert/import/onnx_ops/shape.inl>
#include <tpu_convert/import/onnx_ops/signal.inl>
#include <tpu_convert/import/onnx_ops/unpooling.inl>
#endif
