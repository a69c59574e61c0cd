// One operator on quantized copies of a piece of its operand.
#pragma once
#include <any>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <vector>

namespace tpu_convert {

// Values as 8-bit integers of that threshold have them: to the nearest multiple of threshold / 127 (255 without negative
// values), half away from zero, clipped.
void quantize_values(std::span<float const> x, float* y, double threshold, bool is_signed);

// Whether the operator's first operand can be tried.
bool can_be_tried(graph const& g, graph::id op);

// A piece of an operand as a batch of one, and the operator's attributes for it.
struct trial_piece {
    tensor values;
    std::any attributes;
};
// Which piece depends on `turn`: of a convolution, the pixels under a window of a twelfth of the result's rows and columns, with
// channels last; of a product at most sixteen rows.
trial_piece take_piece(graph const& g, graph::id op, tensor const& x, bool channels_last, std::size_t turn);

// |y(q(x)) - y(x)|_2 / |y(x)|_1 by piece and threshold; nothing if y(x) is zero. All pieces have one size and run as one batch,
// so that weights are read once.
using piece_distances = std::vector<std::optional<std::vector<double>>>;
piece_distances quantization_distances(graph const& g, graph::id op, std::span<trial_piece const* const> pieces,
                                       std::span<double const> thresholds, bool is_signed);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/tuning_trial.inl>
#endif
