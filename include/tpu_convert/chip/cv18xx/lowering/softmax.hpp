// Softmax of float32: a function of the runtime, on the processor.
#pragma once
#include <tpu_convert/chip/cv18xx/chip.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::softmax, Chip> {
    static host_function plan(op::softmax::attributes const& a, lowering_context const& c) {
        if (a.log || a.beta != 1 || c.operands[0]->type != dtype::f32 || c.results[0]->type != dtype::f32)
            throw model_error{error_code::lowering_missing, c.name,
                              "the chip's runtime has Softmax of float32, without a logarithm or a factor"};
        auto const axis = normal_axis(a.axis, c.operands[0]->dims.size());
        return {"softmax_cpu", {{"axis", static_cast<std::int32_t>(axis)}}};
    }
};

} // namespace tpu_convert
