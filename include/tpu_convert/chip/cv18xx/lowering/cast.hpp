// Between float32 and bf16 at the network's borders: a function of the runtime, on the processor. Bytes become bf16 on the chip.
#pragma once
#include <tpu_convert/chip/cv18xx/emit/interpolation.hpp>
#include <tpu_convert/chip/cv18xx/emit/mask.hpp>
#include <tpu_convert/chip/cv18xx/lowering/every_element.hpp>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/op/cast.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::cast, Chip> {
    static lowering_plan<Chip> plan(op::cast::attributes const& a, lowering_context const& c) {
        dtype const from = c.operands[0]->type, to = c.results[0]->type;
        if (bytes_of(from) == 1 && to == dtype::bf16) return of_bytes(c);
        if (from == dtype::bf16 && to == dtype::i16) return to_positions(c);
        if (from == to) return within_type(a, c);
        bool const narrows = from == dtype::f32 && to == dtype::bf16;
        if (!narrows && !(from == dtype::bf16 && to == dtype::f32))
            throw model_error{error_code::lowering_missing, c.name,
                              "the chip converts float32 and bytes to bfloat16, and that to float32, not " +
                                  std::string(info(from).name) + " to " + std::string(info(to).name)};
        return host_function{"quant",
                             {{"from", std::string(narrows ? "NONE" : "BF16")}, {"to", std::string(narrows ? "BF16" : "NONE")}}};
    }

private:
    // To whole numbers or truth values, held as bf16.
    static lowering_plan<Chip> within_type(op::cast::attributes const& a, lowering_context const& c) {
        auto const type = dtype_named(a.to);
        if (c.operands[0]->type != dtype::bf16 || !type || is_float(*type)) return alias_plan{};
        auto p = cv18xx_lowering::every_element<Chip>(c);
        p.emit = [truth = *type == dtype::boolean](kernel_builder<Chip>& b, tile const& t) {
            using namespace cv18xx_emit;
            local_tensor const& y = t.outputs[0];
            local_tensor const part = b.scratch(y.dims, y.type, y.layout);
            if (truth) return equals_zero(b, part, t.inputs[0]), opposite(b, y, part);
            local_tensor const rest = b.scratch(y.dims, y.type, y.layout);
            with_constant<"tensor.max">(b, part, t.inputs[0], 0);
            round_towards(b, y, part, false);
            with_constant<"tensor.min">(b, part, t.inputs[0], 0);
            round_towards(b, rest, part, true);
            with_tensor<"tensor.add">(b, y, y, rest);
        };
        return p;
    }
    // Whole numbers up to 255: a byte, and above it 0.
    static kernel_plan<Chip> to_positions(lowering_context const& c) {
        auto p = cv18xx_lowering::every_element<Chip>(c);
        p.emit = [](kernel_builder<Chip>& b, tile const& t) {
            using namespace cv18xx_emit;
            local_tensor const number = b.scratch(t.outputs[0].dims, dtype::u8, t.outputs[0].layout);
            convert(b, number, t.inputs[0]);
            local_tensor low = cv18xx_emit::detail::low_bytes(t.outputs[0]), high = low;
            high.address += 1;
            copy(b, low, number);
            with_constant<"tensor.mul">(b, high, number, 0);
        };
        return p;
    }
    static kernel_plan<Chip> of_bytes(lowering_context const& c) {
        auto p = cv18xx_lowering::every_element<Chip>(c);
        p.emit = [](kernel_builder<Chip>& b, tile const& t) { cv18xx_emit::convert(b, t.outputs[0], t.inputs[0]); };
        return p;
    }
};

} // namespace tpu_convert
