#include <tpu_convert/import/constant.inl>
#include <tpu_convert/import/onnx.inl>
#include <tpu_convert/import/onnx_importers.inl>
#include <tpu_convert/import/onnx_ops/patches.inl>
