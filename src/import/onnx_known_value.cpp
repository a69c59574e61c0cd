#include <tpu_convert/import/onnx_ops/known_value.inl>
