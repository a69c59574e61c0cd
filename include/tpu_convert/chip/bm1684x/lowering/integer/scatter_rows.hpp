// ScatterRows: a copy, and the DMA's scatter.
#pragma once
#include <tpu_convert/chip/bm1684x/lowering/gather.hpp>
#include <tpu_convert/op/integer/scatter_rows.hpp>

namespace tpu_convert {

template <>
struct lowering<op::scatter_rows, bm1684x> {
    static gather_plan plan(op::scatter_rows::attributes const&, lowering_context const& c) {
        gather_plan g;
        g.table = 2, g.index = 1, g.scatter_into = 0;
        g.rows = c.operands[0]->dims[0], g.row_elements = c.operands[0]->dims[1], g.count = c.operands[1]->dims[0];
        if (g.row_elements > 65535)
            throw model_error{error_code::lowering_missing, c.name,
                              "rows of " + std::to_string(g.row_elements) + " elements; the scatter command takes 65535 at most"};
        if (c.payloads[1]) g.packed_index = bm1684x_lowering::row_numbers(g, *c.payloads[1]);
        return g;
    }
};

} // namespace tpu_convert
