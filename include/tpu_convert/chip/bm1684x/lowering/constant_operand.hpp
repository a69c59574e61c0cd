// Constants that a kernel needs beside the node's operands; they are stored with the weights.
#pragma once
#include <limits>
#include <tpu_convert/chip/bm1684x/lowering/pack.hpp>
#include <vector>

namespace tpu_convert::bm1684x_lowering {

inline tile_operand constant_operand(std::vector<float> const& values, view const& v) {
    return {std::numeric_limits<std::size_t>::max(), v, dtype::f32, local_layout::aligned, pack_dense(values, dtype::f32)};
}

// 0, 1, 2... along the reduced axis of a view (w, else h), the same for all rows.
inline tile_operand ramp_operand(view const& whole, bool along_h, bool falling = false) {
    std::int64_t const length = whole.dims[along_h ? 2 : 3];
    std::vector<float> values(static_cast<std::size_t>(length));
    for (std::int64_t i = 0; i < length; ++i)
        values[static_cast<std::size_t>(i)] = static_cast<float>(falling ? length - 1 - i : i);
    view v{{1, whole.dims[1], 1, 1}, {0, 0, 1, 1}, 0};
    v.dims[along_h ? 2 : 3] = length;
    return constant_operand(values, v);
}

} // namespace tpu_convert::bm1684x_lowering
