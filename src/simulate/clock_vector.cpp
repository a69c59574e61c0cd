#include <tpu_convert/simulate/clock_vector.inl>
