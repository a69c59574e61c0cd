#include <tpu_convert/import/onnx_importers.inl>
