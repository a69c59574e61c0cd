#include <tpu_convert/import/onnx_ops/normalization.inl>
