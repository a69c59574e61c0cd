// Quantize and Dequantize: of float32 a function of the runtime, on the processor; of bf16 commands.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/interpolation.hpp>
#include <tpu_convert/chip/cv18xx/lowering/every_element.hpp>

namespace tpu_convert {

// x * factor, rounded to bf16, then to the nearest whole number, half to even.
template <cv18xx_chip Chip>
struct lowering<op::quantize, Chip> {
    static lowering_plan<Chip> plan(op::quantize::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        check_integers(c, {c.results[0]});
        if (c.operands[0]->type == dtype::f32)
            return host_function{"quant", {{"from", std::string("NONE")}, {"to", std::string("INT8")},
                                           {"scale", static_cast<float>(a.factor)}}};
        check_types(c, dtype::bf16, {c.operands[0]});
        auto p = every_element<Chip>(c);
        p.emit = [factor = a.factor](kernel_builder<Chip>& b, tile const& t) {
            local_tensor const scaled = b.scratch(t.outputs[0].dims, dtype::bf16, t.outputs[0].layout);
            cv18xx_emit::with_constant<"tensor.mul">(b, scaled, t.inputs[0], factor);
            cv18xx_emit::convert(b, t.outputs[0], scaled);
        };
        return p;
    }
};

// x * scale; the scale is the sum of two numbers of bf16.
template <cv18xx_chip Chip>
struct lowering<op::dequantize, Chip> {
    static lowering_plan<Chip> plan(op::dequantize::attributes const& a, lowering_context const& c) {
        using namespace cv18xx_lowering;
        check_integers(c, {c.operands[0]});
        if (c.results[0]->type == dtype::f32)
            return host_function{"quant", {{"from", std::string("INT8")}, {"to", std::string("NONE")},
                                           {"scale", static_cast<float>(a.scale)}}};
        check_types(c, dtype::bf16, {c.results[0]});
        auto p = every_element<Chip>(c);
        float const high = bf16_to_f32(f32_to_bf16(static_cast<float>(a.scale)));
        p.emit = [high, low = a.scale - high](kernel_builder<Chip>& b, tile const& t) {
            local_tensor const whole = b.scratch(t.outputs[0].dims, dtype::bf16, t.outputs[0].layout);
            cv18xx_emit::convert(b, whole, t.inputs[0]);
            cv18xx_emit::with_constant<"tensor.mul">(b, t.outputs[0], whole, low);
            cv18xx_emit::add_product(b, t.outputs[0], whole, high);
        };
        return p;
    }
};

} // namespace tpu_convert
