// Lowerings of the resize family.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/interp.hpp>
#include <tpu_convert/chip/bm1684x/lowering/upsample.hpp>
