// The inputs that a function of one number tells apart, once its result is rounded to integers.
#pragma once
#include <limits>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/quantize/number_format.hpp>

namespace tpu_convert::detail {

struct input_range {
    double lowest = std::numeric_limits<double>::infinity(), highest = -std::numeric_limits<double>::infinity();

    void include(input_range const& r) { lowest = std::min(lowest, r.lowest), highest = std::max(highest, r.highest); }
};

// Part of `range` outside of which the node's result stays within half a step of its value at the part's ends.
// SiLU at step s: what lies below about -1 gives 0 or nearly so, what lies above the result's bound gives the bound.
input_range useful_range(node const& function, input_range const& range, number_format const& result,
                         std::int64_t points = 4096);

} // namespace tpu_convert::detail

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/useful_range.inl>
#endif
