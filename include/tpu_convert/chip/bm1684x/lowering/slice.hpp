// Slice along channels within a group: a copy in local memory, where channels stay in their lanes. Else as any chip does it.
#pragma once
#include <optional>
#include <tpu_convert/chip/bm1684x/emit/arithmetic.hpp>
#include <tpu_convert/lower/movement/split_join.hpp>
#include <tpu_convert/lower/window.hpp>

namespace tpu_convert {

template <>
struct lowering<op::slice, bm1684x> {
    static lowering_plan<bm1684x> plan(op::slice::attributes const& a, lowering_context const& c) {
        if (c.planes)
            if (auto const first = first_of_lanes(a, c)) return taken(*first, c);
        return movement::take_part<bm1684x>(a, c);
    }

private:
    // The first channel, if nothing else is cut and it is lane 0's.
    static std::optional<std::int64_t> first_of_lanes(op::slice::attributes const& a, lowering_context const& c) {
        shape const &in = c.operands[0]->dims, &out = c.results[0]->dims;
        if (in.size() != 4 || c.payloads[0]) return std::nullopt;
        for (std::size_t i : {0, 2, 3})
            if (in[i] != out[i]) return std::nullopt;
        auto const ranges = tpu_convert::detail::slice_ranges(c.name, in, a.offset, a.ends, a.steps, a.axes);
        for (std::size_t i = 0; i < 4; ++i)
            if (ranges[i].step != 1) return std::nullopt;
        std::int64_t const first = ranges[1].first;
        return first % bm1684x::lanes ? std::nullopt : std::optional(first);
    }
    static kernel_plan<bm1684x> taken(std::int64_t first, lowering_context const& c) {
        dims4 const in = windows::as_nchw(c.operands[0]->dims), out = windows::as_nchw(c.results[0]->dims);
        kernel_plan<bm1684x> p;
        p.inputs = {{0, view::dense(in), c.operands[0]->type}};
        p.outputs = {{0, view::dense(out), c.results[0]->type}};
        p.cuts[1] = {false, 1};
        p.input_box = [all = in[1]](std::size_t, box b) {
            b.begin[1] = 0, b.size[1] = all;
            return b;
        };
        p.emit = [first](bm1684x_emit::builder& b, tile const& t) {
            using namespace bm1684x_emit;
            local_tensor part = strided(as_bits(t.inputs[0]));
            part.address += first / bm1684x::lanes * part.strides[1] * part.bytes();
            part.dims[1] = t.outputs[0].dims[1];
            copy(b, as_bits(t.outputs[0]), part);
        };
        return p;
    }
};

} // namespace tpu_convert
