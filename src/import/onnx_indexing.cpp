#include <tpu_convert/import/onnx_ops/indexing.inl>
