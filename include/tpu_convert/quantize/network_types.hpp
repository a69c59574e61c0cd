// From the options of a conversion to the typed network: integers first, then the float types of what is left.
#pragma once
#include <set>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/pass/expand_compositions.hpp>
#include <tpu_convert/quantize/float_types.hpp>
#include <tpu_convert/quantize/integer_types.hpp>
#include <tpu_convert/quantize/qtable.hpp>
#include <vector>

namespace tpu_convert {

struct network_type_options {
    dtype precision = dtype::f32;   // of float operators
    bool integer = false;           // operators are integer where a rule allows it
    bool asymmetric = false, matmul_per_channel = false, channel_scales = true; // as in integer_type_options
    bool high_precision = false;    // average pooling and softmax in float32
    calibration_table table{};      // needed for integers
    quantize_table exceptions{};    // types of single operators
    std::set<std::size_t> narrow_inputs{}, narrow_outputs{}; // numbers from 0
};

struct typed_network {
    graph net;
    std::vector<float_reason> reasons; // why an operator of an integer network is not integer
};

// Throws unknown_tensor for a row of the quantize table whose name no operator has, not_built_yet for a type that this
// version does not have, input_mismatch if integers are wanted and the calibration table is that of another network.
template <class Rules>
typed_network assign_network_types(graph const& top, network_type_options const& options);

// The same of a network whose operators were expanded already; those that could not be stay as they are.
template <class Rules>
typed_network assign_expanded_types(expanded_network const& expanded, network_type_options const& options);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/network_types.inl>
#endif
