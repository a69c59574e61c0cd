#include <tpu_convert/simulate/dma_side.inl>
