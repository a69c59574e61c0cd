#include <tpu_convert/simulate/clock_movement.inl>
