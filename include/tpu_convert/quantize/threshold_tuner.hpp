// Chooses among larger thresholds by what quantization does to the operators that read a tensor.
#pragma once
#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/op/backend_onednn.hpp>
#include <tpu_convert/quantize/calibrate_options.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <tpu_convert/quantize/tuning_trial.hpp>
#include <vector>

namespace tpu_convert {

// 21 thresholds from the given one to the largest magnitude; for each, a piece of the operand is quantized and the operator runs
// on it in float. The least sum over samples of |y - y0|_2 / |y0|_1 wins; a tensor with several readers takes the largest of
// theirs. Readers that count are convolutions and products with constants. Each of the first samples gives another piece.
class threshold_tuner {
public:
    static constexpr std::size_t candidates = 21;
    static constexpr double least_range = 0.01; // between threshold and magnitude
    static constexpr std::size_t batch_elements = std::size_t{1} << 20; // of copies of pieces that run at once

    threshold_tuner(graph const& g, calibrate_options const& options);

    void observe(std::size_t sample, graph::ref r, tensor const& t, bool channels_last);
    // Rows with the chosen thresholds, in the same order. `filters`: of an evaluator of the network.
    calibration_rows tuned(calibration_rows const& rows, std::shared_ptr<backend::filters> const& filters) const;

private:
    struct reader {
        graph::ref operand;
        graph::id op;
        std::map<std::size_t, trial_piece> pieces; // by sample
    };

    double best_threshold(reader const& r, calibration_row const& row) const;
    void try_readers(std::atomic<std::size_t>& next, std::vector<calibration_row>& rows,
                     std::shared_ptr<backend::filters> const& filters) const;

    graph const& graph_;
    calibrate_options const& options_;
    std::vector<reader> readers_;
    std::mutex mutex_;
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/threshold_tuner.inl>
#endif
