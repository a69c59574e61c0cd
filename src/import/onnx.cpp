#include <tpu_convert/import/onnx.inl>
