// Types of an integer network: 8-bit integers where a rule allows it, floats elsewhere, conversions where they meet.
#pragma once
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/quantize/integer_options.hpp>
#include <vector>

namespace tpu_convert {

// A copy of a Top graph. Names of values stay; an integer copy of a float value has the type's name as a suffix, and so has the
// integer tensor behind an output that is converted to float. What follows the last product on the way to an output stays in
// floating point (as in 16-bit networks): scores and positions share tensors there, and cost little.
// Throws input_mismatch if the table has no row for a value that needs one.
template <class Rules>
graph assign_integer_types(graph const& top, integer_type_options const& options, std::vector<float_reason>* reasons = nullptr);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/integer_types.inl>
#endif
