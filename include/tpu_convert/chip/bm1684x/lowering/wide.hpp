// Working in float32 on tensors of another type: casts around a computation.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/arithmetic.hpp>

namespace tpu_convert::bm1684x_lowering {

// The tensor itself if it is float32, else a float32 copy in scratch memory.
inline local_tensor widened(bm1684x_emit::builder& b, local_tensor const& t) {
    if (t.type == dtype::f32) return t;
    local_tensor const wide = b.scratch(t.dims, dtype::f32);
    bm1684x_emit::cast(b, wide, t);
    return wide;
}

// Where a float32 result is formed that narrow() then stores as `t`: in `t` itself if that is float32.
inline local_tensor wide_result(bm1684x_emit::builder& b, local_tensor const& t) {
    return t.type == dtype::f32 ? t : b.scratch(t.dims, dtype::f32);
}
// Integers lose a fraction.
inline void narrow(bm1684x_emit::builder& b, local_tensor const& t, local_tensor const& wide) {
    using namespace bm1684x_emit;
    if (t.type != dtype::f32) return cast(b, t, wide, is_float(t.type) ? rounding::half_even : rounding::to_zero);
    if (t.address != wide.address) copy(b, t, wide);
}

} // namespace tpu_convert::bm1684x_lowering
