#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
