// A slope for each channel's negative 8-bit numbers.
#pragma once
#include <algorithm>
#include <tpu_convert/chip/bm1684x/lowering/broadcast_view.hpp>
#include <tpu_convert/chip/bm1684x/lowering/integer/requantization.hpp>
#include <tpu_convert/chip/bm1684x/lowering/pack.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <>
struct lowering<op::integer_prelu, bm1684x> {
    static kernel_plan<bm1684x> plan(op::integer_prelu::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        shape const& s = c.results[0]->dims;
        std::int64_t const n = s.size() > 1 ? s[0] : 1, channels = s.size() > 1 ? s[1] : 1;
        std::int64_t const plane = element_count(s) / (n * channels), rows = s.size() > 3 ? s[2] : 1;
        view const whole = view::dense({n, channels, rows, plane / rows});
        std::vector<float> slopes(static_cast<std::size_t>(channels), static_cast<float>(a.slopes[0]));
        if (a.slopes.size() > 1) std::copy(a.slopes.begin(), a.slopes.end(), slopes.begin());
        kernel_plan<bm1684x> p;
        p.inputs = {{0, whole, c.operands[0]->type},
                    {no_operand, view::dense({1, channels, 1, 1}), dtype::i16, local_layout::compact,
                     pack_dense(slopes, dtype::i16)}};
        p.outputs = {{0, whole, c.results[0]->type}};
        p.cuts = free_cuts();
        p.input_box = [](std::size_t i, box const& b) -> box {
            return i == 0 ? b : box{{0, b.begin[1], 0, 0}, {1, b.size[1], 1, 1}};
        };
        p.emit = [a](bm1684x_emit::builder& b, tile const& t) { emit(b, t, a); };
        return p;
    }

private:
    static void emit(bm1684x_emit::builder& b, tile const& t, op::integer_prelu::attributes const& a) {
        local_tensor const &x = t.inputs[0], &y = t.outputs[0];
        local_tensor const part = b.scratch(x.dims, x.type), above = b.scratch(x.dims, dtype::i32),
                           below = b.scratch(x.dims, dtype::i32);
        bm1684x_emit::max(b, part, x, 0.0);
        bm1684x_emit::multiply_shifted(b, above, part, static_cast<double>(a.multipliers[0]), dtype::i32, a.shifts[0]);
        bm1684x_emit::min(b, part, x, 0.0);
        bm1684x_emit::multiply_shifted(b, below, part, t.inputs[1], dtype::i16, a.slope_shift);
        bm1684x_emit::add(b, above, above, below);
        bm1684x_emit::cast(b, y, above);
        bm1684x_lowering::apply_bounds(b, y, a.lowest, a.highest);
    }
};

} // namespace tpu_convert
