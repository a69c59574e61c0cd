#include <tpu_convert/simulate/tiu_matmul.inl>
