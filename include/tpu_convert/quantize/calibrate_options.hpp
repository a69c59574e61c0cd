// What a calibration is asked for, and where its samples come from.
#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tpu_convert/core/tensor_fwd.hpp>

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

} // namespace tpu_convert
