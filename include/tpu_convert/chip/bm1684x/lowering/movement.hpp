// Lowerings of the movement family: copies in global memory, or none.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/alias.hpp>
#include <tpu_convert/chip/bm1684x/lowering/pad.hpp>
#include <tpu_convert/chip/bm1684x/lowering/rearrange.hpp>
#include <tpu_convert/chip/bm1684x/lowering/split_join.hpp>
#include <tpu_convert/chip/bm1684x/lowering/transpose.hpp>
