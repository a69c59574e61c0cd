// Types of an integer network: 8-bit integers where a rule allows it, floats elsewhere, conversions where they meet.
#pragma once
#include <map>
#include <set>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <vector>

namespace tpu_convert {

struct integer_type_options {
    calibration_table const* table = nullptr;
    bool asymmetric = false;
    bool matmul_per_channel = false;
    bool by_default = true;                         // false: only the nodes of `integer_nodes`
    std::set<std::string, std::less<>> float_nodes; // by the name of their first result (quantize table)
    std::set<std::string, std::less<>> integer_nodes;
    std::set<std::size_t> narrow_inputs, narrow_outputs; // numbers from 0: these have integers in the file itself
};

// Why a node computes in floating point, for reports.
struct float_reason {
    std::string name, operation, reason;
};

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
