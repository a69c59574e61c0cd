// Calibration: a network runs on samples, and each of its tensors gets a threshold and a range.
#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <vector>

namespace tpu_convert {

// The network's inputs for a sample. Called from several threads; a file that can't be read is a model_error of code
// file_damaged or file_missing: the sample is passed over.
using sample_source = std::function<std::map<std::string, tensor>(std::size_t sample)>;

struct calibrate_options {
    std::string method = "kl"; // a name of all_threshold_methods()
    std::size_t bins = 2048;   // of the first sample's histogram
    std::size_t tune = 5;      // samples for the choice among larger thresholds; 0: none
    std::size_t threads = 0;   // 0: one for each processor
    std::function<void(std::size_t done, std::size_t total, std::string_view stage)> progress{}; // one call at a time
};

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
