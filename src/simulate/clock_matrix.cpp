#include <tpu_convert/simulate/clock_matrix.inl>
