// What a chip's commands hold of sliding windows.
#pragma once
#include <cstdint>

namespace tpu_convert::pass {

// The largest values that commands encode, and what decides which of two forms costs less.
struct window_limits {
    std::int64_t padding = 15, stride = 15, dilation = 15, insertion = 14;
    std::int64_t depthwise_integer_dilation = 15, channels = 65535;
    std::int64_t filter_row = 65535; // elements of a filter, its channels filled up to what the multiplier array takes at once
    std::int64_t array_bytes = 1;    // these; float32 has one
    std::int64_t lanes = 1, lane_bytes = 0;
    bool float32 = true; // it computes in that too
};

} // namespace tpu_convert::pass
