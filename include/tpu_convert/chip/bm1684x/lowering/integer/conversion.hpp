// Quantize, Dequantize and Requantize: element by element.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/integer/every_element.hpp>
#include <tpu_convert/chip/bm1684x/lowering/wide.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <>
struct lowering<op::quantize, bm1684x> {
    static kernel_plan<bm1684x> plan(op::quantize::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        auto p = every_element(c);
        p.emit = [a](bm1684x_emit::builder& b, tile const& t) {
            local_tensor const wide = b.scratch(t.inputs[0].dims, dtype::f32);
            bool const narrow = t.inputs[0].type != dtype::f32;
            if (narrow) bm1684x_emit::cast(b, wide, t.inputs[0]);
            bm1684x_emit::mul(b, wide, narrow ? wide : t.inputs[0], a.factor);
            if (a.zero_point) bm1684x_emit::add(b, wide, wide, static_cast<double>(a.zero_point));
            round_within(b, t.outputs[0], wide, a.lowest, a.highest);
        };
        return p;
    }
};

template <>
struct lowering<op::dequantize, bm1684x> {
    static kernel_plan<bm1684x> plan(op::dequantize::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        auto p = every_element(c);
        p.emit = [a](bm1684x_emit::builder& b, tile const& t) {
            local_tensor const wide = wide_result(b, t.outputs[0]);
            bm1684x_emit::dequantize(b, wide, t.inputs[0], a.zero_point, a.scale);
            narrow(b, t.outputs[0], wide);
        };
        return p;
    }
};

template <>
struct lowering<op::requantize, bm1684x> {
    static kernel_plan<bm1684x> plan(op::requantize::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        auto p = every_element(c);
        p.emit = [q = requantization(a), zero = a.input_zero_point](bm1684x_emit::builder& b, tile const& t) {
            local_tensor x = t.inputs[0];
            bool const narrow = x.bytes() == 1; // RQ takes 16 and 32 bits
            if (zero || narrow) x = b.scratch(x.dims, narrow ? dtype::i16 : dtype::i32);
            if (zero) bm1684x_emit::sub(b, x, t.inputs[0], static_cast<double>(zero));
            else if (narrow) bm1684x_emit::cast(b, x, t.inputs[0]);
            q.emit(b, t.outputs[0], x, std::nullopt);
        };
        return p;
    }
};

} // namespace tpu_convert
