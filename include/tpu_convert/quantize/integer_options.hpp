// What decides which values of a network are integers.
#pragma once
#include <cstddef>
#include <set>
#include <string>
#include <tpu_convert/quantize/calibration_table.hpp>

namespace tpu_convert {

struct integer_type_options {
    calibration_table const* table = nullptr;
    bool asymmetric = false;
    bool matmul_per_channel = false;
    bool channel_scales = true;                     // before depthwise convolutions, if the table has the channels' ranges
    bool by_default = true;                         // false: only the nodes of `integer_nodes`
    std::set<std::string, std::less<>> float_nodes; // by the name of their first result (quantize table)
    std::set<std::string, std::less<>> integer_nodes;
    std::set<std::size_t> narrow_inputs, narrow_outputs; // numbers from 0: these have integers in the file itself
};

// Why a node computes in floating point, for reports.
struct float_reason {
    std::string name, operation, reason;
};

} // namespace tpu_convert
