#include <tpu_convert/simulate/dma_gather.inl>
