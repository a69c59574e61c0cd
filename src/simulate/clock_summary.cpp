#include <tpu_convert/simulate/clock_summary.inl>
