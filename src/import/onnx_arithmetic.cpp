#include <tpu_convert/import/onnx_ops/arithmetic.inl>
