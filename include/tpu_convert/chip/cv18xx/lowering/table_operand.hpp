// Tables of a function as an operand of a kernel.
#pragma once
#include <tpu_convert/chip/cv18xx/lowering/function_table.hpp>
#include <tpu_convert/chip/cv18xx/lowering/window.hpp>

namespace tpu_convert::cv18xx_lowering {

// The tables as a further operand, the same for each tile.
template <class Chip>
void add_tables(kernel_plan<Chip>& p, function_table const& table) {
    dims4 const sizes{1, Chip::lanes, 2, 256};
    std::size_t const number = p.inputs.size();
    p.inputs.push_back({no_operand, {sizes, {0, 0, 256, 1}, 0}, dtype::bf16, local_layout::aligned, table.packed()});
    p.input_box = [sizes, number, others = p.input_box](std::size_t i, box const& b) -> box {
        return i == number ? box{{0, 0, 0, 0}, sizes} : others(i, b);
    };
}

} // namespace tpu_convert::cv18xx_lowering
