#include <tpu_convert/import/onnx_ops/convolution.inl>
