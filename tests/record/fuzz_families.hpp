// The generators of random commands.
#pragma once
#include "fuzz.hpp"
#include <bit>
#include <tpu_convert/core/float16.hpp>

namespace tpu_convert::record {

void make_ar_float(draw& d, test_case& t);
void make_ar_float_rest(draw& d, test_case& t);
void make_ar_integer(draw& d, test_case& t);
void make_ar_bits(draw& d, test_case& t);
void make_ar_cast(draw& d, test_case& t);
void make_conv_f16(draw& d, test_case& t);
void make_conv_f32(draw& d, test_case& t);
void make_conv_i8(draw& d, test_case& t);
void make_mm2_f16(draw& d, test_case& t);
void make_mm2_i8(draw& d, test_case& t);
void make_mm(draw& d, test_case& t);
void make_pool_f16(draw& d, test_case& t);
void make_pool_f32(draw& d, test_case& t);
void make_pool_i8(draw& d, test_case& t);
void make_dma_tensor(draw& d, test_case& t);
void make_sfu(draw& d, test_case& t);
void make_requant(draw& d, test_case& t);
void make_move(draw& d, test_case& t);
void make_compare(draw& d, test_case& t);
void make_gather(draw& d, test_case& t);
void make_dma_gather(draw& d, test_case& t);

} // namespace tpu_convert::record
