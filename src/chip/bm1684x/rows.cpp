#include <tpu_convert/chip/bm1684x/lowering/normalization.hpp>
#include <tpu_convert/chip/bm1684x/lowering/reduction.hpp>
#include <tpu_convert/lower/lowering.inl>

template struct tpu_convert::lowering_table<tpu_convert::bm1684x, tpu_convert::reduction_family>;
template struct tpu_convert::lowering_table<tpu_convert::bm1684x, tpu_convert::normalization_family>;
