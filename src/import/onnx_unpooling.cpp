#include <tpu_convert/import/onnx_ops/unpooling.inl>
