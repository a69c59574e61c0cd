// Permute: strided copies, but where rows would become single elements: those are turned in local memory.
#pragma once
#include <tpu_convert/chip/bm1684x/emit/move.hpp>
#include <tpu_convert/chip/bm1684x/lowering/broadcast_view.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/lower/movement/strided_copy.hpp>
#include <utility>

namespace tpu_convert {

template <>
struct lowering<op::permute, bm1684x> {
    static lowering_plan<bm1684x> plan(op::permute::attributes const& a, lowering_context const& c) {
        using namespace movement;
        shape const& out = c.results[0]->dims;
        strided_side const in = dense_side(c.operands[0]->dims);
        strided_side from{shape(out.size()), 0};
        for (std::size_t i = 0; i < out.size(); ++i) from.strides[i] = in.strides[static_cast<std::size_t>(a.order[i])];
        strided_copy one{out, from, dense_side(out)};
        movement::detail::merge_axes(one);
        bool const large = element_count(out) >= least_turned && bytes_of(c.results[0]->type) <= 4;
        bool const planes = out.size() == 3 && one.dims == out; // n, w, c, as neighbours see them
        if (large && (!c.planes || planes) && turns(one)) return turned(one, c);
        copy_plan p;
        append_copy(p, std::move(one));
        return p;
    }

private:
    using strided_copy = movement::strided_copy;
    static constexpr std::int64_t least_turned = 512; // below, single elements cost less than two more transfers

    // The operand's rows run along another axis than the result's.
    static bool turns(strided_copy const& one) {
        std::size_t const rank = one.dims.size();
        return rank >= 2 && rank <= 4 && one.from.strides.back() != 1;
    }
    // (n, c, h, w) to (n, w, h, c) with one h in a tile.
    static kernel_plan<bm1684x> turned(strided_copy const& one, lowering_context const& c) {
        std::size_t const last = one.dims.size() - 1;
        std::size_t rows = 0;
        while (one.from.strides[rows] != 1) ++rows;
        view in{{1, one.dims[last], 1, one.dims[rows]}, {0, one.from.strides[last], 0, 1}, 0};
        view out{{1, one.dims[rows], 1, one.dims[last]}, {0, one.to.strides[rows], 0, 1}, 0};
        std::size_t axis = 0; // n, then h
        for (std::size_t i = 0; i < last; ++i) {
            if (i == rows) continue;
            in.dims[axis] = out.dims[axis] = one.dims[i];
            in.strides[axis] = one.from.strides[i], out.strides[axis] = one.to.strides[i];
            axis += 2;
        }
        kernel_plan<bm1684x> p;
        p.inputs = {{0, in, c.operands[0]->type}};
        p.outputs = {{0, out, c.results[0]->type}};
        p.cuts = bm1684x_lowering::free_cuts();
        p.cuts[2] = {true, 1, 1};
        p.input_box = [](std::size_t, box b) {
            std::swap(b.begin[1], b.begin[3]), std::swap(b.size[1], b.size[3]);
            return b;
        };
        p.emit = [](bm1684x_emit::builder& b, tile const& t) { bm1684x_emit::exchange_channels(b, t.outputs[0], t.inputs[0]); };
        return p;
    }
};

} // namespace tpu_convert
