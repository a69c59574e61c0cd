#include <tpu_convert/import/onnx_ops/resize.inl>
