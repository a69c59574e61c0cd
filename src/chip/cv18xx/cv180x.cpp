#include <tpu_convert/chip/cv180x/chip.hpp>
#include <tpu_convert/chip/cv18xx/lowering/all.hpp>
#include <tpu_convert/lower/lowering.inl>

namespace tpu_convert {
template struct lowering_table<cv180x, convolution_family>;
template struct lowering_table<cv180x, pool_family>;
template struct lowering_table<cv180x, matrix_family>;
template struct lowering_table<cv180x, movement_family>;
template struct lowering_table<cv180x, indexing_family>;
template struct lowering_table<cv180x, resize_family>;
template struct lowering_table<cv180x, integer_family>;
template struct lowering_table<cv180x, composed_family>;
template struct lowering_table<cv180x, reduction_family>;
template struct lowering_table<cv180x, normalization_family>;
}
