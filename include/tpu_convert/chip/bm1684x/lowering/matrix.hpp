// Lowerings of the matrix family.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/mat_mul.hpp>
