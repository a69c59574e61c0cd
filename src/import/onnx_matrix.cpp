#include <tpu_convert/import/onnx_ops/matrix.inl>
