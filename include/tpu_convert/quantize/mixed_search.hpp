// Which few operators of an integer network are worth floating point: found by trying.
#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <tpu_convert/quantize/qtable.hpp>
#include <vector>

namespace tpu_convert {

struct mixed_search_options {
    dtype float_type = dtype::f16;
    double expected_cosine = 0.99; // of the outputs; the search ends when it is reached
    std::size_t most_tensors = 5;  // that are taken out of integers
    std::size_t threads = 0;       // 0: one for each processor
    std::function<void(std::size_t done, std::size_t total, std::string_view what)> progress{};
};

struct mixed_search_result {
    quantize_table table;                                 // the chosen operators
    double integer_cosine = 0, cosine = 0;                // of the outputs: all integer, and with the table
    std::vector<std::pair<std::string, double>> tensors;  // with the cosine when that one alone is float; best first
};

// Mean over samples and outputs of the cosine to the float network.
using input_samples = std::span<std::map<std::string, tensor> const>;

// Tries for each tensor that a convolution or matrix product reads: it stays float if its producer and all its readers do. The
// best of them are then taken together, one more at a time. Cost: tensors x samples inferences.
template <class Rules>
mixed_search_result search_mixed(graph const& top, calibration_table const& table, input_samples samples,
                                 mixed_search_options const& options);

// The same figure for one table, everything integer.
template <class Rules>
double integer_cosine(graph const& top, calibration_table const& table, input_samples samples);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/mixed_search.inl>
#endif
