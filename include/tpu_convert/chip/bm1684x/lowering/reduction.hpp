// Lowerings of the reduction family.
#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/lowering/arg.hpp>
#include <tpu_convert/chip/bm1684x/lowering/cum_sum.hpp>
#include <tpu_convert/chip/bm1684x/lowering/reduce.hpp>
