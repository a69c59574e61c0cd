#include <tpu_convert/simulate/pool_kernels.inl>
