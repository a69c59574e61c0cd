#include <tpu_convert/simulate/bm1684x.hpp>
#include <tpu_convert/simulate/dma_gather.inl>
#include <tpu_convert/simulate/dma_side.inl>
#include <tpu_convert/simulate/dma_tensor.inl>
#include <tpu_convert/simulate/machine.inl>
#include <tpu_convert/simulate/memory.inl>
#include <tpu_convert/simulate/program_arrays.inl>
#include <tpu_convert/simulate/queue.inl>

namespace tpu_convert::simulate {
template class machine<bm1684x>;
} // namespace tpu_convert::simulate
