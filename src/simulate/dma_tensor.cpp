#include <tpu_convert/simulate/dma_tensor.inl>
