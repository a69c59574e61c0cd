// Lowerings of the convolution family.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/conv.hpp>
#include <tpu_convert/chip/bm1684x/lowering/deconv.hpp>
