// Functions of one 8-bit number: a gather from a table of 256 entries that each lane holds.
#pragma once
#include <algorithm>
#include <tpu_convert/chip/bm1684x/lowering/integer/every_element.hpp>
#include <tpu_convert/chip/bm1684x/lowering/pack.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <>
struct lowering<op::integer_table, bm1684x> {
    static kernel_plan<bm1684x> plan(op::integer_table::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        auto p = every_element(c);
        dtype const t = c.results[0]->type;
        std::vector<float> const entries(a.table.begin(), a.table.end());
        view const repeated{{1, bm1684x::lanes, 1, entry_count}, {0, 0, entry_count, 1}, 0};
        p.inputs.push_back({no_operand, repeated, t, local_layout::aligned, pack_dense(entries, t)});
        p.input_box = [first = p.input_box](std::size_t i, box const& b) -> box {
            if (i == 0) return first(i, b);
            return {{0, 0, 0, 0}, {1, std::min(b.size[1], bm1684x::lanes), 1, entry_count}};
        };
        p.emit = [](bm1684x_emit::builder& b, tile const& t) {
            bm1684x_emit::look_up(b, t.outputs[0], t.inputs[1], t.inputs[0]);
        };
        return p;
    }

private:
    static constexpr std::int64_t entry_count = 256;
};

} // namespace tpu_convert
