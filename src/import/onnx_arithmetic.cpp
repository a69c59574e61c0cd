#include <tpu_convert/import/onnx_ops/activation.inl>
#include <tpu_convert/import/onnx_ops/arithmetic.inl>
#include <tpu_convert/import/onnx_ops/bitwise.inl>
#include <tpu_convert/import/onnx_ops/contraction.inl>
#include <tpu_convert/import/onnx_ops/loss.inl>
#include <tpu_convert/import/onnx_ops/matrix.inl>
#include <tpu_convert/import/onnx_ops/normalization.inl>
#include <tpu_convert/import/onnx_ops/reduction.inl>
