#include <tpu_convert/import/onnx_ops/signal.inl>
