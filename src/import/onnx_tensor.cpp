#include <tpu_convert/import/onnx_tensor.inl>
