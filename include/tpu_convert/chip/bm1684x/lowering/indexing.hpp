// Lowerings of the indexing family.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/gather.hpp>
#include <tpu_convert/chip/bm1684x/lowering/top_k.hpp>
