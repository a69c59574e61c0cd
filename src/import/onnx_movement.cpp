#include <tpu_convert/import/onnx_ops/convolution.inl>
#include <tpu_convert/import/onnx_ops/indexing.inl>
#include <tpu_convert/import/onnx_ops/movement.inl>
#include <tpu_convert/import/onnx_ops/resize.inl>
#include <tpu_convert/import/onnx_ops/sampling.inl>
#include <tpu_convert/import/onnx_ops/shape.inl>
#include <tpu_convert/import/onnx_ops/unpooling.inl>
