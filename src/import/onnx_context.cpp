#include <tpu_convert/import/onnx_context.inl>
