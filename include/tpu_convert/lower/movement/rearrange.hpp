// Tile, Expand, Depth2Space, ShuffleChannel and Reverse: strided copies.
#pragma once
#include <tpu_convert/lower/constant_bits.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/lower/movement/strided_copy.hpp>

namespace tpu_convert {

template <chip Chip>
struct lowering<op::permute, Chip> {
    static copy_plan plan(op::permute::attributes const& a, lowering_context const& c) {
        using namespace movement;
        shape const& out = c.results[0]->dims;
        strided_side const in = dense_side(c.operands[0]->dims);
        strided_side from{shape(out.size()), 0};
        for (std::size_t i = 0; i < out.size(); ++i) from.strides[i] = in.strides[static_cast<std::size_t>(a.order[i])];
        copy_plan p;
        append_copy(p, {out, from, dense_side(out)});
        return p;
    }
};

namespace movement {

// Each axis of the result is `repeats` times the operand's: repeats go to axes of their own with stride 0.
inline copy_plan repeat(lowering_context const& c) {
    shape const& out = c.results[0]->dims;
    shape in = c.operands[0]->dims;
    in.insert(in.begin(), out.size() - in.size(), 1);
    shape const from = dense_strides(in), to = dense_strides(out);
    strided_copy one;
    for (std::size_t i = 0; i < out.size(); ++i) {
        one.dims.insert(one.dims.end(), {out[i] / in[i], in[i]});
        one.from.strides.insert(one.from.strides.end(), {0, from[i]});
        one.to.strides.insert(one.to.strides.end(), {in[i] * to[i], to[i]});
    }
    copy_plan p;
    append_copy(p, std::move(one));
    return p;
}

} // namespace movement

template <chip Chip>
struct lowering<op::tile, Chip> {
    static copy_plan plan(op::tile::attributes const&, lowering_context const& c) { return movement::repeat(c); }
};

template <chip Chip>
struct lowering<op::expand, Chip> {
    static copy_plan plan(op::expand::attributes const&, lowering_context const& c) { return movement::repeat(c); }
};

template <chip Chip>
struct lowering<op::depth2space, Chip> {
    // The deep side seen as [n, bh, bw, c, h, w] (DCR) or [n, c, bh, bw, h, w] (CRD), the wide side as [n, c, h, bh, w, bw].
    static copy_plan plan(op::depth2space::attributes const& a, lowering_context const& c) {
        using namespace movement;
        shape const& deep = a.is_inversed ? c.results[0]->dims : c.operands[0]->dims;
        std::int64_t const bh = a.block_h, bw = a.block_w, ch = deep[1] / (bh * bw), h = deep[2], w = deep[3], plane = h * w;
        shape const dims{deep[0], ch, bh, bw, h, w};
        strided_side const packed{a.is_crd ? shape{deep[1] * plane, bh * bw * plane, bw * plane, plane, w, 1}
                                           : shape{deep[1] * plane, plane, bw * ch * plane, ch * plane, w, 1}};
        strided_side const wide{{deep[1] * plane, bh * bw * plane, w * bw, 1, bh * w * bw, bw}};
        copy_plan p;
        append_copy(p, a.is_inversed ? strided_copy{dims, wide, packed} : strided_copy{dims, packed, wide});
        return p;
    }
};

template <chip Chip>
struct lowering<op::shuffle_channel, Chip> {
    static copy_plan plan(op::shuffle_channel::attributes const& a, lowering_context const& c) {
        using namespace movement;
        shape const& in = c.operands[0]->dims;
        std::int64_t const per_group = in[1] / a.group, plane = element_count(in) / (in[0] * in[1]);
        copy_plan p;
        append_copy(p, {{in[0], per_group, a.group, plane},
                        {{in[1] * plane, plane, per_group * plane, 1}},
                        {{in[1] * plane, a.group * plane, plane, 1}}});
        return p;
    }
};

template <chip Chip>
struct lowering<op::reverse, Chip> {
    static copy_plan plan(op::reverse::attributes const& a, lowering_context const& c) {
        using namespace movement;
        shape const& in = c.operands[0]->dims;
        auto const axis = static_cast<std::size_t>(normal_axis(a.axis, in.size()));
        strided_side from = dense_side(in);
        from.offset = (in[axis] - 1) * from.strides[axis];
        from.strides[axis] = -from.strides[axis];
        copy_plan p;
        append_copy(p, {in, from, dense_side(in)});
        return p;
    }
};

} // namespace tpu_convert
