// Four-dimensional windows on tensors in global memory, and boxes in them: what the schedule cuts into tiles.
#pragma once
#include <cstdint>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/lower/local_tensor.hpp>

namespace tpu_convert {

struct view {
    dims4 dims{1, 1, 1, 1};
    dims4 strides{0, 0, 0, 1}; // elements; 0 repeats
    std::int64_t offset = 0;   // elements from the tensor's start

    static view dense(dims4 const& d) { return {d, {d[1] * d[2] * d[3], d[2] * d[3], d[3], 1}, 0}; }
};

struct box {
    dims4 begin{0, 0, 0, 0};
    dims4 size{1, 1, 1, 1};

    static box whole(dims4 const& d) { return {{0, 0, 0, 0}, d}; }
    bool operator==(box const&) const = default;
};

// The window that a box cuts out.
inline view cut(view const& v, box const& b) {
    view part{b.size, v.strides, v.offset};
    for (int i = 0; i < 4; ++i) part.offset += b.begin[i] * v.strides[i];
    return part;
}

// The rows of a sliding window as channels: of a tensor with few channels, channel tap * channels + c at row r is the tensor's
// channel c at row r * stride + tap * dilation - before; the constant where there is no such row.
struct window_rows {
    std::int64_t taps = 1, stride = 1, dilation = 1, before = 0;
    std::uint32_t constant = 0;
};

} // namespace tpu_convert
