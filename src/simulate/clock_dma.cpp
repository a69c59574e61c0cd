#include <tpu_convert/simulate/clock_dma.inl>
