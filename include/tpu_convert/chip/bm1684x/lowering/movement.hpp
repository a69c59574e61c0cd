// Lowerings of the movement family: copies in global memory, or none.
#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/lowering/concat.hpp>
#include <tpu_convert/chip/bm1684x/lowering/slice.hpp>
#include <tpu_convert/chip/bm1684x/lowering/transpose.hpp>
#include <tpu_convert/lower/movement/alias.hpp>
#include <tpu_convert/lower/movement/pad.hpp>
#include <tpu_convert/lower/movement/rearrange.hpp>
#include <tpu_convert/lower/movement/split_join.hpp>
