// Between float32 and bf16 at the network's borders: a function of the runtime, on the processor.
#pragma once
#include <tpu_convert/chip/cv18xx/chip.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/cast.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::cast, Chip> {
    static host_function plan(op::cast::attributes const&, lowering_context const& c) {
        dtype const from = c.operands[0]->type, to = c.results[0]->type;
        bool const narrows = from == dtype::f32 && to == dtype::bf16;
        if (!narrows && !(from == dtype::bf16 && to == dtype::f32))
            throw model_error{error_code::lowering_missing, c.name,
                              "the chip's runtime converts float32 to bfloat16 and back, not " + std::string(info(from).name) +
                                  " to " + std::string(info(to).name)};
        return {"quant", {{"from", std::string(narrows ? "NONE" : "BF16")}, {"to", std::string(narrows ? "BF16" : "NONE")}}};
    }
};

} // namespace tpu_convert
