#include <tpu_convert/import/onnx_ops/function.inl>
