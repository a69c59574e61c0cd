#include <tpu_convert/graph/mlir_print.inl>
