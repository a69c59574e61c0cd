#include <tpu_convert/import/onnx_ops/sampling.inl>
