// Types of the float operators of a network on the chip: one float type, others for single operators, casts where they meet.
#pragma once
#include <map>
#include <set>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>

namespace tpu_convert {

struct float_type_options {
    dtype precision = dtype::f32;
    bool float32 = true;                                     // false: only the nodes that node_types says, on the processor
    std::set<std::size_t> narrow_inputs{}, narrow_outputs{}; // numbers from 0: the file has them in `precision`
    std::map<std::string, dtype, std::less<>> node_types{};  // by the name of a node's first result (quantize table)
};

// A copy of a network whose float values have the types that they have in the chip's memory; integers stay as they are. Inputs
// and outputs keep their names; a value behind a cast has the type's name as a suffix.
graph assign_float_types(graph const& top, float_type_options const& options);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/float_types.inl>
#endif
