#include <tpu_convert/import/onnx_ops/quantized.inl>
