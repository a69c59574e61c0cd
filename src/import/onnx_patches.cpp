#include <tpu_convert/import/onnx_ops/patches.inl>
