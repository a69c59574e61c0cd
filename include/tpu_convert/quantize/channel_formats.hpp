// Scales for single channels: which tensors may have them, and the formats that follow from the channels' ranges.
#pragma once
#include <span>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <tpu_convert/quantize/number_format.hpp>
#include <tpu_convert/quantize/wide_values.hpp>

namespace tpu_convert {

// Tensors whose channels never meet in one sum before they are rescaled: depthwise convolutions are all that reads them, and a
// convolution or a function of one number writes them; and the convolution's result before such a function. Of images only.
detail::value_set values_with_channels_apart(graph const& g);

// 256 levels for the range of each channel, 0 among them, with one zero point: that which widens the ranges least. Channels
// of tiny ranges, which other samples may exceed, have a 64th of the largest scale at least.
number_format channel_format(std::span<channel_range const> ranges);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/channel_formats.inl>
#endif
