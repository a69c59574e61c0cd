// Functions of one 8-bit number: a gather from a table of 256 entries that each lane holds, one for all channels or one for each.
#pragma once
#include <algorithm>
#include <tpu_convert/chip/bm1684x/lowering/integer/every_element.hpp>
#include <tpu_convert/chip/bm1684x/lowering/pack.hpp>
#include <tpu_convert/chip/bm1684x/lowering/window.hpp>
#include <tpu_convert/lower/lowering.hpp>

namespace tpu_convert {

template <>
struct lowering<op::integer_table, bm1684x> {
    static kernel_plan<bm1684x> plan(op::integer_table::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        if (a.table.size() > op::integer_table::entry_count) return by_channel(a, c);
        auto p = every_element(c);
        dtype const t = c.results[0]->type;
        view const repeated{{1, bm1684x::lanes, 1, entry_count}, {0, 0, entry_count, 1}, 0};
        p.inputs.push_back({no_operand, repeated, t, local_layout::aligned, packed(a, t)});
        p.input_box = [first = p.input_box](std::size_t i, box const& b) -> box {
            if (i == 0) return first(i, b);
            return {{0, 0, 0, 0}, {1, std::min(b.size[1], bm1684x::lanes), 1, entry_count}};
        };
        p.emit = [](bm1684x_emit::builder& b, tile const& t) {
            bm1684x_emit::look_up(b, t.outputs[0], t.inputs[1], t.inputs[0], true);
        };
        return p;
    }

private:
    // A row of the table for each channel, in the channel's lane.
    static kernel_plan<bm1684x> by_channel(op::integer_table::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        dims4 const dims = as_nchw(c.results[0]->dims);
        dtype const t = c.results[0]->type;
        kernel_plan<bm1684x> p;
        p.inputs = {{0, view::dense(dims), c.operands[0]->type},
                    {no_operand, view::dense({1, dims[1], 1, entry_count}), t, local_layout::aligned, packed(a, t)}};
        p.outputs = {{0, view::dense(dims), t}};
        p.cuts = free_cuts();
        p.cuts[2].most = std::max<std::int64_t>(1, size_limit / dims[3]); // h * w is one size in the command
        p.input_box = [](std::size_t i, box const& b) -> box {
            return i == 0 ? b : box{{0, b.begin[1], 0, 0}, {1, b.size[1], 1, entry_count}};
        };
        p.emit = [](bm1684x_emit::builder& b, tile const& t) {
            bm1684x_emit::look_up(b, t.outputs[0], t.inputs[1], t.inputs[0], false);
        };
        return p;
    }
    static packed_bytes packed(op::integer_table::attributes const& a, dtype t) {
        return pack_dense(std::vector<float>(a.table.begin(), a.table.end()), t);
    }
    static constexpr std::int64_t entry_count = 256;
};

} // namespace tpu_convert
