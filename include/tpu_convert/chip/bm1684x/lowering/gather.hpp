// Gather: copies where the indices are constant and few, else the DMA's gather.
#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/bm1684x/lowering/pack.hpp>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/lower/movement/take_rows.hpp>

namespace tpu_convert {

namespace bm1684x_lowering {

inline packed_bytes row_numbers(gather_plan const& g, tensor const& index) {
    std::vector<float> rows(index.values().begin(), index.values().end());
    for (auto& r : rows) r += r < 0 ? static_cast<float>(g.rows) : 0;
    return pack_dense(rows, dtype::i32);
}

} // namespace bm1684x_lowering

template <>
struct lowering<op::gather, bm1684x> {
    static lowering_plan<bm1684x> plan(op::gather::attributes const& a, lowering_context const& c) {
        gather_plan g = movement::rows_along(c.operands[0]->dims, a.axis, element_count(c.operands[1]->dims));
        if (c.payloads[1] && g.count <= most_copies) return movement::take_rows(g, *c.payloads[1]);
        if (g.row_elements > 65535)
            throw model_error{error_code::lowering_missing, c.name,
                              "rows of " + std::to_string(g.row_elements) + " elements; the gather command takes 65535 at most"};
        if (c.payloads[1]) g.packed_index = bm1684x_lowering::row_numbers(g, *c.payloads[1]);
        if (c.payloads[1] || c.operands[1]->type == dtype::i32 || c.operands[1]->type == dtype::u32) return g;
        throw model_error{error_code::lowering_missing, c.name,
                          "indices are " + std::string(info(c.operands[1]->type).name) + "; give the input --input_types int32"};
    }

private:
    static constexpr std::int64_t most_copies = 64;
};

} // namespace tpu_convert
