#include <tpu_convert/graph/mlir_file.inl>
#include <tpu_convert/graph/mlir_print.inl>
#include <tpu_convert/graph/mlir_read.inl>
#include <tpu_convert/graph/mlir_scanner.inl>
#include <tpu_convert/graph/mlir_syntax.inl>
