// Cast: one conversion; booleans are 1 where the input is not 0.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/elementwise.hpp>
#include <tpu_convert/op/cast.hpp>

namespace tpu_convert {

template <>
struct lowering<op::cast, bm1684x> {
    static kernel_plan<bm1684x> plan(op::cast::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_emit;
        bm1684x_lowering::body_profile const reads_one{0, 0, false, false, {true}, {}};
        auto p = bm1684x_lowering::element_plan(reads_one, c).plan;
        dtype const from = c.operands[0]->type, to = c.results[0]->type;
        auto const named = dtype_named(a.to);
        // What the target type in the network does to values that stay floats in memory.
        bool const truth = named == dtype::boolean || to == dtype::boolean;
        bool const whole = !truth && is_float(from) && is_float(to) && named && !is_float(*named);
        p.emit = [from, to, truth, whole](builder& b, tile const& t) {
            local_tensor const &x = t.inputs[0], &y = t.outputs[0];
            if (from == to && !truth && !whole) return copy(b, y, x);
            if (!truth && !whole) return cast(b, y, x, is_float(from) && !is_float(to) ? rounding::to_zero : rounding::half_even);
            local_tensor const f = b.scratch(y.dims, dtype::f32);
            from == dtype::f32 ? copy(b, f, x) : cast(b, f, x);
            if (truth) choose_zero(b, f, f, 0.0, 1.0);
            else bm1684x_emit::round(b, f, f, rounding::to_zero);
            to == dtype::f32 ? copy(b, y, f) : cast(b, y, f);
        };
        return p;
    }
};

} // namespace tpu_convert
