#include <tpu_convert/simulate/contraction.inl>
#include <tpu_convert/simulate/mac_operand.inl>
#include <tpu_convert/simulate/pool_kernels.inl>
#include <tpu_convert/simulate/tiu_conv.inl>
#include <tpu_convert/simulate/tiu_matmul.inl>
#include <tpu_convert/simulate/tiu_pool.inl>
#include <tpu_convert/simulate/window.inl>
