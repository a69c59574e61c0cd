#include <tpu_convert/simulate/tiu_pool.inl>
