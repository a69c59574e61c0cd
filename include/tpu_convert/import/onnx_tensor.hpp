// Tensors inside .onnx files, or in files beside them.
#pragma once
#include <filesystem>
#include <optional>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/import/constant.hpp>
#include <tpu_convert/import/onnx_proto.hpp>

namespace tpu_convert::onnx_import {

// Null for element types that have no place in a converted network (strings, complex numbers).
std::optional<dtype> dtype_of_onnx(std::int64_t element_type);

// What a tensor of a file is read as: the same, and 8-bit integers of what is stored in 4 bits.
std::optional<dtype> stored_dtype_of_onnx(std::int64_t element_type);

// 4-bit integers have numbers of their own.
bool is_four_bits(std::int64_t element_type);

// External data must lie in `folder` or below it.
constant_ptr read_tensor(proto::TensorProto const& t, std::filesystem::path const& folder);

} // namespace tpu_convert::onnx_import

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/import/onnx_tensor.inl>
#endif
