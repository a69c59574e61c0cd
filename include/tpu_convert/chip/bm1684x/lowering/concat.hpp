// Concat along channels within a group: copies in local memory, where channels stay in their lanes. Else as any chip does it.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/arithmetic.hpp>
#include <tpu_convert/lower/movement/split_join.hpp>
#include <tpu_convert/lower/window.hpp>
#include <vector>

namespace tpu_convert {

template <>
struct lowering<op::concat, bm1684x> {
    static lowering_plan<bm1684x> plan(op::concat::attributes const& a, lowering_context const& c) {
        if (c.planes && stays_in_lanes(a, c)) return joined(c);
        return movement::join_copies(a, c);
    }

private:
    static bool stays_in_lanes(op::concat::attributes const& a, lowering_context const& c) {
        shape const& out = c.results[0]->dims;
        if (a.do_relu || out.size() != 4 || normal_axis(a.axis, out.size()) != 1) return false;
        for (std::size_t i = 0; i + 1 < c.operands.size(); ++i)
            if (c.operands[i]->dims[1] % bm1684x::lanes) return false;
        return true;
    }
    static kernel_plan<bm1684x> joined(lowering_context const& c) {
        auto const planes = [](value const& v) { return view::dense(windows::as_nchw(v.dims)); };
        kernel_plan<bm1684x> p;
        std::vector<std::int64_t> channels;
        for (std::size_t i = 0; i < c.operands.size(); ++i) {
            p.inputs.push_back({i, planes(*c.operands[i]), c.operands[i]->type});
            channels.push_back(c.operands[i]->dims[1]);
        }
        p.outputs = {{0, planes(*c.results[0]), c.results[0]->type}};
        p.cuts[1] = {false, 1};
        p.input_box = [channels](std::size_t i, box b) {
            b.begin[1] = 0, b.size[1] = channels[i];
            return b;
        };
        p.emit = [channels](bm1684x_emit::builder& b, tile const& t) {
            using namespace bm1684x_emit;
            local_tensor part = strided(as_bits(t.outputs[0]));
            for (std::size_t i = 0; i < channels.size(); ++i) {
                part.dims[1] = channels[i];
                copy(b, part, as_bits(t.inputs[i]));
                part.address += channels[i] / bm1684x::lanes * part.strides[1] * part.bytes();
            }
        };
        return p;
    }
};

} // namespace tpu_convert
