// Networks that bring their own scales: pairs of QuantizeLinear and DequantizeLinear around values.
#pragma once
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <vector>

namespace tpu_convert {

struct network_with_scales {
    graph net;                               // without the pairs
    calibration_table table;                 // the ranges that they stood for
    bool asymmetric = false;                 // some zero point is not in the middle
    std::vector<std::string> without_scales; // operators that no pair follows: they stay in floating point
};

// Throws input_mismatch if there is no pair. Scales of single channels are not taken.
network_with_scales take_own_scales(graph const& top);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/own_scales.inl>
#endif
