#include <tpu_convert/chip/cv182x/chip.hpp>
#include <tpu_convert/chip/cv18xx/lowering/all.hpp>
#include <tpu_convert/lower/lowering.inl>

namespace tpu_convert {
template struct lowering_table<cv182x, unary_family>;
template struct lowering_table<cv182x, binary_family>;
}
