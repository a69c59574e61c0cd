#include <tpu_convert/import/onnx_context.inl>
#include <tpu_convert/import/onnx_model.inl>
#include <tpu_convert/import/onnx_ops/known_value.inl>
#include <tpu_convert/import/onnx_tensor.inl>
