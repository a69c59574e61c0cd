// Kernels hold a whole row of what they reduce or normalise in a lane. Rows that are too long for that are cut into blocks: each
// block is reduced, then what these gave; the rest is done element by element. Sums are float32 in between.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert::bm1684x_rewrite {

// Reductions, Softmax, normalisations, pooling of whole planes, CumSum, Arg, TopK. What fits stays, and what blocks do not help.
void cut_long_rows(graph& g);

} // namespace tpu_convert::bm1684x_rewrite

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/bm1684x/rewrite/long_rows.inl>
#endif
