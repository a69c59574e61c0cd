// Mean of each window of 8-bit integers.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/integer/requantization.hpp>
#include <tpu_convert/chip/bm1684x/lowering/pool.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <>
struct lowering<op::integer_average, bm1684x> {
    static kernel_plan<bm1684x> plan(op::integer_average::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        window const w = make_window(c.name, a.kernel_shape, a.strides, a.pads, {});
        dims4 const in = as_nchw(c.operands[0]->dims);
        auto p = pool_plan(c, w, in);
        p.emit = [w, in, a](builder& b, tile const& t) {
            window const tw = tile_window(w, in, t.out);
            local_tensor const &x = t.inputs[0], &y = t.outputs[0];
            auto const pad = static_cast<double>(a.pad_value);
            if (a.factor != 0) {
                local_tensor const sum = b.scratch(y.dims, dtype::i32);
                bm1684x_emit::average_integers(b, sum, x, tw, pad, 1, 0);
                bm1684x_emit::requantize_real(b, y, sum, a.factor, a.offset);
            } else {
                bool const direct = is_signed(x.type) == is_signed(y.type);
                local_tensor const mean = direct ? y : b.scratch(y.dims, dtype::i32);
                bm1684x_emit::average_integers(b, mean, x, tw, pad, a.multiplier, a.shift);
                if (!direct) bm1684x_emit::cast(b, y, mean);
            }
            apply_bounds(b, y, a.lowest, a.highest);
        };
        return p;
    }
};

} // namespace tpu_convert
