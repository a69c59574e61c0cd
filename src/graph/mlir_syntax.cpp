#include <tpu_convert/graph/mlir_syntax.inl>
