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
        // The file has four axes.
        auto const rank = static_cast<std::int64_t>(c.operands[0]->dims.size());
        std::int64_t axis = normal_axis(a.axis, c.operands[0]->dims.size());
        if (rank > 4 && axis > 0 && (axis -= rank - 4) < 2)
            throw model_error{error_code::lowering_missing, c.name,
                              "Softmax along axis " + std::to_string(a.axis) + " of " + std::to_string(rank)};
        return {"softmax_cpu", {{"axis", static_cast<std::int32_t>(axis)}}};
    }
};

} // namespace tpu_convert
