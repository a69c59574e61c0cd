#include <tpu_convert/graph/mlir_file.inl>
