#include <tpu_convert/chip/cv181x/chip.hpp>
#include <tpu_convert/chip/cv18xx/lowering/all.hpp>
#include <tpu_convert/lower/lowering.inl>

namespace tpu_convert {
template struct lowering_table<cv181x, convolution_family>;
template struct lowering_table<cv181x, pool_family>;
template struct lowering_table<cv181x, matrix_family>;
template struct lowering_table<cv181x, movement_family>;
template struct lowering_table<cv181x, indexing_family>;
template struct lowering_table<cv181x, resize_family>;
template struct lowering_table<cv181x, integer_family>;
template struct lowering_table<cv181x, composed_family>;
template struct lowering_table<cv181x, reduction_family>;
template struct lowering_table<cv181x, normalization_family>;
}
