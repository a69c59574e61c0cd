#include <tpu_convert/simulate/contraction.inl>
