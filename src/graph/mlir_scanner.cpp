#include <tpu_convert/graph/mlir_scanner.inl>
