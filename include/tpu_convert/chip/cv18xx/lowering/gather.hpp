// Gather at constant positions: copies. At computed ones: a function of the runtime, on the processor.
#pragma once
#include <string>
#include <tpu_convert/chip/cv18xx/chip.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/lower/movement/take_rows.hpp>

namespace tpu_convert {

template <cv18xx_chip Chip>
struct lowering<op::gather, Chip> {
    static lowering_plan<Chip> plan(op::gather::attributes const& a, lowering_context const& c) {
        if (!c.payloads[1]) return at_computed_positions(a, c);
        auto const g = movement::rows_along(c.operands[0]->dims, a.axis, element_count(c.operands[1]->dims));
        return movement::take_rows(g, *c.payloads[1]);
    }

private:
    static host_function at_computed_positions(op::gather::attributes const& a, lowering_context const& c) {
        value const &table = *c.operands[0], &index = *c.operands[1];
        auto const rows = movement::rows_along(table.dims, a.axis, element_count(index.dims));
        dtype const t = index.type;
        if (t != dtype::i16 && t != dtype::u16 && t != dtype::i32 && t != dtype::u32)
            throw model_error{error_code::lowering_missing, c.name,
                              "positions that are computed in floating point, in " + std::to_string(rows.rows) +
                                  " rows; the chip counts to 256"};
        if (table.type != c.results[0]->type || (table.type != dtype::i8 && table.type != dtype::bf16) || rows.outer != 1)
            throw model_error{error_code::lowering_missing, c.name,
                              "the chip's runtime takes rows of int8 or bfloat16, not of " +
                                  std::string(info(table.type).name)};
        return {"embedding", {}, {1, 0}, {index.dims, {rows.rows, rows.row_elements}}};
    }
};

} // namespace tpu_convert
