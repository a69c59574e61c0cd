#include <tpu_convert/chip/cv183x/chip.hpp>
#include <tpu_convert/chip/cv18xx/lowering/all.hpp>
#include <tpu_convert/lower/lowering.inl>

namespace tpu_convert {
template struct lowering_table<cv183x, convolution_family>;
template struct lowering_table<cv183x, pool_family>;
template struct lowering_table<cv183x, matrix_family>;
template struct lowering_table<cv183x, movement_family>;
template struct lowering_table<cv183x, indexing_family>;
template struct lowering_table<cv183x, resize_family>;
template struct lowering_table<cv183x, integer_family>;
template struct lowering_table<cv183x, composed_family>;
template struct lowering_table<cv183x, reduction_family>;
template struct lowering_table<cv183x, normalization_family>;
}
