#include <tpu_convert/simulate/float_math.inl>
