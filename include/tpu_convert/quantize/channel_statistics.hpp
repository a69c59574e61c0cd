// What calibration remembers of the channels of a tensor.
#pragma once
#include <cstdint>
#include <span>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/quantize/calibration_table.hpp>
#include <tpu_convert/quantize/tensor_statistics.hpp>
#include <vector>

namespace tpu_convert {

// The range of all elements of an image, as range_of, and that of each channel with 0 in it; no channels if an element is not
// finite. `dims` in the order n, c, then space, whichever order the elements have.
value_range range_of_channels(std::span<float const> values, shape const& dims, bool channels_last,
                              std::vector<channel_range>& channels);

// How far channels reach over all samples.
class channel_statistics {
public:
    void add(std::span<channel_range const> of_sample);
    // Where to clip them. Other samples may reach further than these: twice as far, but within the threshold of the whole tensor.
    // A channel beyond the threshold is clipped at (mean of end^4 over the samples)^(1/4): its widest sample alone would cost
    // the others their steps.
    std::vector<channel_range> ranges(double threshold) const;

private:
    std::vector<channel_range> widest_, sums_; // of fourth powers
    std::uint64_t samples_ = 0;
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/channel_statistics.inl>
#endif
