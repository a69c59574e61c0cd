// Weights of one scale for each output channel, the bias in units of the sum, and the factors that lead to the result.
#pragma once
#include <tpu_convert/op/integer/requantizer.hpp>
#include <tpu_convert/quantize/rule_answer.hpp>

namespace tpu_convert::detail {

struct channel_weights {
    integer_weight weights;
    std::vector<std::int64_t> bias;
    requantizer result;
};

struct channel_filters {
    tensor const& elements; // channel after channel
    std::int64_t channels;
    tensor const* bias; // null: none
    number_format const &from, &to;
    fused_relu relu;
    bool shared = false; // one scale for all channels

    std::span<float const> row(std::int64_t c) const {
        auto const size = static_cast<std::size_t>(elements.size() / channels);
        return elements.values().subspan(static_cast<std::size_t>(c) * size, size);
    }
    double bias_of(std::int64_t c) const { return bias ? static_cast<double>((*bias)[bias->size() == 1 ? 0 : c]) : 0.0; }
};

// Scales of weights are absmax / 127, factors the nearest multiplier and shift.
channel_weights quantize_channels(channel_filters const& f);
// The same where factors below 1 have two roundings, weights no zero points and always a sign.
channel_weights quantize_channels_doubled(channel_filters const& f);

} // namespace tpu_convert::detail

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/rules/channel_weights.inl>
#endif
