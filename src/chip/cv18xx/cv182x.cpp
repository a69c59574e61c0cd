#include <tpu_convert/chip/cv182x/chip.hpp>
#include <tpu_convert/chip/cv18xx/lowering/all.hpp>
#include <tpu_convert/lower/lowering.inl>

namespace tpu_convert {
template struct lowering_table<cv182x, convolution_family>;
template struct lowering_table<cv182x, pool_family>;
template struct lowering_table<cv182x, matrix_family>;
template struct lowering_table<cv182x, movement_family>;
template struct lowering_table<cv182x, indexing_family>;
template struct lowering_table<cv182x, resize_family>;
template struct lowering_table<cv182x, integer_family>;
template struct lowering_table<cv182x, composed_family>;
template struct lowering_table<cv182x, reduction_family>;
template struct lowering_table<cv182x, normalization_family>;
}
