#include <tpu_convert/import/onnx_ops/shape.inl>
