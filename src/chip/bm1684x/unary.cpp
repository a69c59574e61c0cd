#include <tpu_convert/chip/bm1684x/lowering/unary.hpp>
#include <tpu_convert/lower/lowering.inl>

template struct tpu_convert::lowering_table<tpu_convert::bm1684x, tpu_convert::unary_family>;
