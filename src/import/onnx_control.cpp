#include <tpu_convert/import/onnx_ops/control.inl>
