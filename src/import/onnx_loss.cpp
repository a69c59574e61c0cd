#include <tpu_convert/import/onnx_ops/loss.inl>
