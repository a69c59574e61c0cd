#include <tpu_convert/graph/mlir_read.inl>
