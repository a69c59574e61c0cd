#include <tpu_convert/import/onnx_ops/recurrent.inl>
