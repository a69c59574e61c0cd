// Quantize and Dequantize at the network's borders: a function of the runtime, on the processor.
#pragma once
#include <tpu_convert/chip/cv18xx/chip.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

namespace cv18xx_lowering {

inline void check_conversion(lowering_context const& c, dtype from, dtype to) {
    if (c.operands[0]->type == from && c.results[0]->type == to) return;
    throw model_error{error_code::lowering_missing, c.name,
                      "the chip's runtime converts float32 to int8 and back, not " + std::string(info(c.operands[0]->type).name) +
                          " to " + std::string(info(c.results[0]->type).name)};
}

} // namespace cv18xx_lowering

template <cv18xx_chip Chip>
struct lowering<op::quantize, Chip> {
    static host_function plan(op::quantize::attributes const& a, lowering_context const& c) {
        cv18xx_lowering::check_conversion(c, dtype::f32, dtype::i8);
        return {"quant", {{"from", std::string("NONE")}, {"to", std::string("INT8")}, {"scale", static_cast<float>(a.factor)}}};
    }
};

template <cv18xx_chip Chip>
struct lowering<op::dequantize, Chip> {
    static host_function plan(op::dequantize::attributes const& a, lowering_context const& c) {
        cv18xx_lowering::check_conversion(c, dtype::i8, dtype::f32);
        return {"quant", {{"from", std::string("INT8")}, {"to", std::string("NONE")}, {"scale", static_cast<float>(a.scale)}}};
    }
};

} // namespace tpu_convert
