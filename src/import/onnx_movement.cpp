#include <tpu_convert/import/onnx_ops/movement.inl>
