// Types of a float network on the chip: one float type throughout, casts at inputs and outputs.
#pragma once
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert {

struct float_type_options {
    dtype precision = dtype::f32;
    bool narrow_inputs = false;  // --quant_input: the file takes inputs in `precision`
    bool narrow_outputs = false; // --quant_output
};

// A copy of a Top graph whose values have the types that they have in the chip's memory. The network's inputs and outputs keep
// their names; the narrow tensor behind a cast has the type's name as a suffix.
graph assign_float_types(graph const& top, float_type_options const& options);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/float_types.inl>
#endif
