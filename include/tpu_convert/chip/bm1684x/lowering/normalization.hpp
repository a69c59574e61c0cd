// Lowerings of the normalization family.
#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/lowering/batch_norm.hpp>
#include <tpu_convert/chip/bm1684x/lowering/lrn.hpp>
#include <tpu_convert/chip/bm1684x/lowering/normalize.hpp>
#include <tpu_convert/chip/bm1684x/lowering/softmax.hpp>
