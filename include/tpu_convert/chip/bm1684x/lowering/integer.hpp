// Lowerings of the family of integer operators.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/integer/conversion.hpp>
#include <tpu_convert/chip/bm1684x/lowering/integer/integer_average.hpp>
#include <tpu_convert/chip/bm1684x/lowering/integer/integer_conv.hpp>
#include <tpu_convert/chip/bm1684x/lowering/integer/integer_mat_mul.hpp>
#include <tpu_convert/chip/bm1684x/lowering/integer/integer_prelu.hpp>
#include <tpu_convert/chip/bm1684x/lowering/integer/integer_sum.hpp>
#include <tpu_convert/chip/bm1684x/lowering/integer/integer_table.hpp>
#include <tpu_convert/chip/bm1684x/lowering/integer/scatter_rows.hpp>
