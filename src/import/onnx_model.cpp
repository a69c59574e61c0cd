#include <tpu_convert/import/onnx_model.inl>
