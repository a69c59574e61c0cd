// Padding of a window as an operator of its own.
#pragma once
#include <tpu_convert/op/pad.hpp>

namespace tpu_convert::op {

// pads: before and after each spatial axis, as windows have them; the result: of all axes of a tensor [n, c, ...] of that rank.
inline pad::attributes window_padding(std::vector<std::int64_t> const& pads, std::size_t rank, double value = 0) {
    pad::attributes p;
    p.mode = padding_mode::constant;
    p.val = value;
    p.paddings.assign(2 * rank, 0);
    for (std::size_t i = 0, spatial = rank - 2; i < spatial; ++i) {
        p.paddings[2 + i] = pads[i];
        p.paddings[rank + 2 + i] = pads[spatial + i];
    }
    return p;
}

} // namespace tpu_convert::op
