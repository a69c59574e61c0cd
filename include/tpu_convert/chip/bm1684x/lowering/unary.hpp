// Lowerings of the unary family.
#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/lowering/cast.hpp>
#include <tpu_convert/chip/bm1684x/lowering/elementwise.hpp>
