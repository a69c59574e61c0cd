#include <tpu_convert/chip/bm1684x/lowering/convolution.hpp>
#include <tpu_convert/chip/bm1684x/lowering/indexing.hpp>
#include <tpu_convert/chip/bm1684x/lowering/matrix.hpp>
#include <tpu_convert/chip/bm1684x/lowering/movement.hpp>
#include <tpu_convert/chip/bm1684x/lowering/pool.hpp>
#include <tpu_convert/chip/bm1684x/lowering/resize.hpp>
#include <tpu_convert/lower/lowering.inl>

template struct tpu_convert::lowering_table<tpu_convert::bm1684x, tpu_convert::convolution_family>;
template struct tpu_convert::lowering_table<tpu_convert::bm1684x, tpu_convert::pool_family>;
template struct tpu_convert::lowering_table<tpu_convert::bm1684x, tpu_convert::matrix_family>;
template struct tpu_convert::lowering_table<tpu_convert::bm1684x, tpu_convert::movement_family>;
template struct tpu_convert::lowering_table<tpu_convert::bm1684x, tpu_convert::indexing_family>;
template struct tpu_convert::lowering_table<tpu_convert::bm1684x, tpu_convert::resize_family>;
