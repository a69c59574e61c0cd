// Lowerings of the binary family.
#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/lowering/elementwise.hpp>
