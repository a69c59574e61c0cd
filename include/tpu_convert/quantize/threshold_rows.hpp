// Rows of the calibration table from a tensor's statistics.
#pragma once
#include <algorithm>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <tpu_convert/quantize/tensor_statistics.hpp>

namespace tpu_convert {

// The threshold lies between the least one and the largest magnitude.
inline calibration_row limited_row(tensor_statistics const& s, double threshold) {
    double const capped = std::min(threshold, s.magnitude());
    bool const empty = s.range.count == 0;
    return {capped >= least_threshold ? capped : least_threshold, empty ? 0.0 : static_cast<double>(s.range.min) + 0.0,
            empty ? 0.0 : static_cast<double>(s.range.max) + 0.0};
}

// The mean of the samples' thresholds.
inline calibration_row mean_row(tensor_statistics const& s) {
    return limited_row(s, s.samples ? s.sum / static_cast<double>(s.samples) : 0.0);
}

} // namespace tpu_convert
