#include <tpu_convert/import/onnx_ops/control.inl>
#include <tpu_convert/import/onnx_ops/function.inl>
#include <tpu_convert/import/onnx_ops/quantized.inl>
#include <tpu_convert/import/onnx_ops/recurrent.inl>
#include <tpu_convert/import/onnx_ops/signal.inl>
