#include <tpu_convert/import/onnx_ops/contraction.inl>
