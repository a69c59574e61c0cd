#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/lowering/integer.hpp>
#include <tpu_convert/lower/lowering.inl>

template struct tpu_convert::lowering_table<tpu_convert::bm1684x, tpu_convert::integer_family>;
template struct tpu_convert::lowering_table<tpu_convert::bm1684x, tpu_convert::composed_family>;
