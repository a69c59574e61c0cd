#include <tpu_convert/import/onnx_ops/reduction.inl>
