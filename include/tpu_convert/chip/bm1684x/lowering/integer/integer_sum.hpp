// Sums and products of 8-bit integers.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/integer/every_element.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <>
struct lowering<op::integer_sum, bm1684x> {
    static kernel_plan<bm1684x> plan(op::integer_sum::attributes const& a, lowering_context const& c) {
        auto p = bm1684x_lowering::every_element(c);
        p.emit = [a](bm1684x_emit::builder& b, tile const& t) { (a.factors.empty() ? whole : real)(b, t, a); };
        return p;
    }

private:
    using attributes = op::integer_sum::attributes;
    using builder = bm1684x_emit::builder;

    // x * multiplier / 2^shift; a product of two bytes has 16 bits, if it is not shifted to the left.
    static local_tensor term(builder& b, local_tensor const& x, std::int64_t multiplier, std::int64_t shift) {
        if (multiplier == 1 && shift == 0) return x;
        bool const small = shift >= 0 && x.bytes() == 1 && multiplier > -128 && multiplier < 128;
        local_tensor const y = b.scratch(x.dims, small ? dtype::i16 : dtype::i32);
        bm1684x_emit::multiply_shifted(b, y, x, static_cast<double>(multiplier), small ? dtype::i8 : dtype::i32, shift);
        return y;
    }
    // Exact up to the last step, which saturates.
    static void whole(builder& b, tile const& t, attributes const& a) {
        local_tensor const& y = t.outputs[0];
        local_tensor sum = term(b, t.inputs[0], a.multipliers[0], a.shifts[0]);
        bool any_signed = is_signed(sum.type);
        for (std::size_t i = 1; i < t.inputs.size(); ++i) {
            std::int64_t const mark = b.mark();
            local_tensor const next = term(b, t.inputs[i], a.multipliers[i], a.shifts[i]);
            any_signed |= is_signed(next.type);
            bool const last = i + 1 == t.inputs.size() && a.zero_point == 0;
            if (last && any_signed == is_signed(y.type)) {
                bm1684x_emit::add_saturated(b, y, sum, next);
                return bm1684x_lowering::apply_bounds(b, y, a.lowest, a.highest);
            }
            bool const own = sum.type == dtype::i32 && sum.dims == y.dims && i > 1;
            local_tensor const total = own ? sum : b.scratch(y.dims, dtype::i32);
            bm1684x_emit::add(b, total, sum, next);
            if (own) b.release(mark);
            sum = total;
        }
        if (a.zero_point) bm1684x_emit::add(b, sum, sum, static_cast<double>(a.zero_point));
        bm1684x_emit::cast(b, y, sum);
        bm1684x_lowering::apply_bounds(b, y, a.lowest, a.highest);
    }
    static void real(builder& b, tile const& t, attributes const& a) {
        local_tensor const& y = t.outputs[0];
        local_tensor const sum = b.scratch(y.dims, dtype::f32);
        for (std::size_t i = 0; i < t.inputs.size(); ++i) {
            local_tensor const& x = t.inputs[i];
            std::int64_t const mark = b.mark();
            bool const direct = i == 0 && x.dims == y.dims;
            local_tensor const next = direct ? sum : b.scratch(x.dims, dtype::f32);
            bm1684x_emit::dequantize(b, next, x, a.zero_points[i], a.factors[i]);
            if (i > 0) bm1684x_emit::add(b, sum, sum, next);
            else if (!direct) bm1684x_emit::copy(b, sum, next);
            b.release(mark);
        }
        if (a.zero_point) bm1684x_emit::add(b, sum, sum, static_cast<double>(a.zero_point));
        bm1684x_lowering::round_within(b, y, sum, a.lowest, a.highest);
    }
};

template <>
struct lowering<op::integer_product, bm1684x> {
    static kernel_plan<bm1684x> plan(op::integer_product::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        auto p = every_element(c);
        p.emit = [q = requantization(a), zeros = a.zero_points](bm1684x_emit::builder& b, tile const& t) {
            local_tensor const x = centred(b, t.inputs[0], zeros[0]), y = centred(b, t.inputs[1], zeros[1]);
            local_tensor const product = b.scratch(t.outputs[0].dims, dtype::i32);
            bm1684x_emit::mul(b, product, x, y);
            q.emit(b, t.outputs[0], product, std::nullopt);
        };
        return p;
    }
};

} // namespace tpu_convert
