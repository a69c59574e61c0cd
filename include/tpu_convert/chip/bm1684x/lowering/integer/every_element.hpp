// Integer operators that go element by element: operands spread over the lanes, results rounded from float32.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/elementwise.hpp>
#include <tpu_convert/chip/bm1684x/lowering/integer/requantization.hpp>

namespace tpu_convert::bm1684x_lowering {

// All operands, broadcast against each other.
inline kernel_plan<bm1684x> every_element(lowering_context const& c) {
    body_profile p;
    p.used.assign(c.operands.size(), true);
    return element_plan(p, c).plan;
}

// From float32; halves away from zero, saturated.
inline void round_within(bm1684x_emit::builder& b, local_tensor const& dst, local_tensor const& x, std::int64_t lowest,
                         std::int64_t highest) {
    bm1684x_emit::cast(b, dst, x, bm1684x_emit::rounding::half_away);
    apply_bounds(b, dst, lowest, highest);
}

// An 8-bit tensor less its zero point, as 16 bits; itself if there is none.
inline local_tensor centred(bm1684x_emit::builder& b, local_tensor const& x, std::int64_t zero_point) {
    if (zero_point == 0) return x;
    local_tensor const moved = b.scratch(x.dims, dtype::i16);
    bm1684x_emit::sub(b, moved, x, static_cast<double>(zero_point));
    return moved;
}

} // namespace tpu_convert::bm1684x_lowering
