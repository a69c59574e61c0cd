// Every command of the BM1684X.
#pragma once
#include <tpu_convert/chip/bm1684x/commands/gdma_copy.hpp>
#include <tpu_convert/chip/bm1684x/commands/gdma_select.hpp>
#include <tpu_convert/chip/bm1684x/commands/tiu_elementwise.hpp>
#include <tpu_convert/chip/bm1684x/commands/tiu_long.hpp>
#include <tpu_convert/chip/bm1684x/commands/tiu_matrix.hpp>
#include <tpu_convert/chip/bm1684x/commands/tiu_movement.hpp>
