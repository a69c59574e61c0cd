#include <tpu_convert/import/onnx_ops/activation.inl>
