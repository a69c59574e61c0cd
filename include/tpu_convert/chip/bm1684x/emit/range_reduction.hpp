// What functions by range reduction share.
#pragma once
#include <array>
#include <span>
#include <tpu_convert/chip/bm1684x/emit/arithmetic.hpp>

namespace tpu_convert::bm1684x_emit::detail {

inline std::array<local_tensor, 3> three_scratch(builder& b, dims4 const& dims) {
    return {b.scratch(dims, dtype::f32), b.scratch(dims, dtype::f32), b.scratch(dims, dtype::f32)};
}

// x := x - k * (sum of parts), each product exact or nearly so.
inline void subtract_multiple(builder& b, local_tensor const& x, local_tensor const& k, std::span<double const> parts) {
    auto const mark = b.mark();
    local_tensor const t = b.scratch(x.dims, dtype::f32);
    for (double p : parts) {
        mul(b, t, k, p);
        sub(b, x, x, t);
    }
    b.release(mark);
}

} // namespace tpu_convert::bm1684x_emit::detail
