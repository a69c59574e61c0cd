// The generators of random commands.
#pragma once
#include "fuzz.hpp"
#include <bit>
#include <tpu_convert/core/float16.hpp>

namespace tpu_convert::record {

void make_ar_float(draw& d, test_case& t);

} // namespace tpu_convert::record
