// Importers: sampling.
#pragma once
#include <tpu_convert/import/onnx_context.hpp>

namespace tpu_convert::onnx_import {

TPU_CONVERT_INLINE std::span<importer const> sampling_importers() { return {}; }

} // namespace tpu_convert::onnx_import
