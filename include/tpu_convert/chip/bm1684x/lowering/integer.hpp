// Lowerings of the family of integer operators.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/integer/conversion.hpp>
#include <tpu_convert/chip/bm1684x/lowering/integer/integer_conv.hpp>
