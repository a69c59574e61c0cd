#include <tpu_convert/import/onnx_ops/bitwise.inl>
