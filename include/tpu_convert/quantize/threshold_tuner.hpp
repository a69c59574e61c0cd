// Chooses among larger thresholds by what quantization does to the operators that read a tensor.
#pragma once
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/op/backend_onednn.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <tpu_convert/quantize/sample_runner.hpp>
#include <utility>
#include <vector>

namespace tpu_convert {

// 21 thresholds from the given one to the largest magnitude; for each, the operand is quantized and the operator runs in float,
// on a window of its result that moves from sample to sample. The least sum over samples of |y - y0|_2 / |y0|_1 wins; a tensor
// with several readers takes the largest of theirs. Readers that count are convolutions and products with constants.
class threshold_tuner {
public:
    static constexpr std::size_t candidates = 21;
    static constexpr double least_range = 0.01; // between threshold and magnitude

    threshold_tuner(graph const& g, calibration_rows const& rows);

    // Rows with the chosen thresholds, in the same order.
    calibration_rows run(sample_runner& runner, std::size_t samples);

private:
    struct reader {
        graph::id op;
        std::vector<double> thresholds;
        bool is_signed;
        std::map<std::size_t, std::vector<double>> distances; // by sample
    };

    void add_readers(graph::ref r, calibration_row const& row);
    void observe(std::size_t sample, graph::ref r, tensor const& t, bool channels_last);

    graph const& graph_;
    calibration_rows const& rows_;
    std::map<std::pair<graph::id, std::size_t>, std::vector<reader>> readers_; // by node and result
    std::mutex mutex_;
    std::map<std::thread::id, std::unique_ptr<backend::session>> sessions_; // primitives and weights, for each thread
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/threshold_tuner.inl>
#endif
