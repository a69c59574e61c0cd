// Weights of one scale for each output channel, the bias in units of the sum, and the factors that lead to the result.
#pragma once
#include <tpu_convert/op/integer/requantizer.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>

namespace tpu_convert::detail {

struct channel_weights {
    integer_weight weights;
    std::vector<std::int64_t> bias;
    requantizer result;
};

// Filters lie channel after channel; bias null if there is none. `shared`: one scale for all channels.
channel_weights quantize_channels(tensor const& filters, std::int64_t channels, tensor const* bias, number_format const& from,
                                  number_format const& to, fused_relu relu, bool shared = false);

} // namespace tpu_convert::detail

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/rules/channel_weights.inl>
#endif
