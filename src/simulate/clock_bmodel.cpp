#include <tpu_convert/simulate/clock_bmodel.inl>
