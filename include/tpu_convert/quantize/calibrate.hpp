// Calibration: a network runs on samples, and each of its tensors gets a threshold and a range.
#pragma once
#include <cstddef>
#include <string>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/quantize/calibrate_options.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <vector>

namespace tpu_convert {

struct calibration {
    calibration_table table;                    // rows in the network's order
    calibration_rows untuned;                   // before the choice among larger thresholds
    std::size_t used = 0;                       // samples
    std::vector<std::string> skipped, warnings; // samples that could not be read; tensors that are odd
};

// The result depends on the samples and their order alone, not on the number of threads.
calibration calibrate(graph const& g, std::size_t samples, sample_source const& source, calibrate_options const& options = {});

// Names of all tensors that get a row: inputs and results, in the network's order.
std::vector<std::string> activation_names(graph const& g);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/calibrate.inl>
#endif
