// Every lowering of the CV18xx family.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/batch_norm.hpp>
#include <tpu_convert/chip/cv18xx/lowering/cast.hpp>
#include <tpu_convert/chip/cv18xx/lowering/conv.hpp>
#include <tpu_convert/chip/cv18xx/lowering/elementwise.hpp>
#include <tpu_convert/chip/cv18xx/lowering/gather.hpp>
#include <tpu_convert/chip/cv18xx/lowering/integer.hpp>
#include <tpu_convert/chip/cv18xx/lowering/interp.hpp>
#include <tpu_convert/chip/cv18xx/lowering/normalization.hpp>
#include <tpu_convert/chip/cv18xx/lowering/positions.hpp>
#include <tpu_convert/chip/cv18xx/lowering/reduce.hpp>
#include <tpu_convert/chip/cv18xx/lowering/softmax.hpp>
#include <tpu_convert/chip/cv18xx/lowering/upsample.hpp>
#include <tpu_convert/lower/movement/alias.hpp>
#include <tpu_convert/lower/movement/pad.hpp>
#include <tpu_convert/lower/movement/rearrange.hpp>
#include <tpu_convert/lower/movement/split_join.hpp>
