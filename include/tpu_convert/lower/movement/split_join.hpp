// Concat, Slice and Split: strided copies.
#pragma once
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/lower/movement/strided_copy.hpp>

namespace tpu_convert {

namespace movement {

inline copy_plan join_copies(op::concat::attributes const& a, lowering_context const& c) {
    if (a.do_relu) throw model_error{error_code::lowering_missing, c.name, "a fused relu on Concat has no kernel"};
    shape const& out = c.results[0]->dims;
    auto const axis = static_cast<std::size_t>(normal_axis(a.axis, out.size()));
    copy_plan p;
    strided_side to = dense_side(out);
    for (std::size_t i = 0; i < c.operands.size(); ++i) {
        shape const& in = c.operands[i]->dims;
        append_copy(p, {in, dense_side(in), to, i});
        to.offset += in[axis] * to.strides[axis];
    }
    return p;
}

// A part without gaps is there already.
template <chip Chip>
lowering_plan<Chip> take_part(op::slice::attributes const& a, lowering_context const& c) {
    shape const &in = c.operands[0]->dims, &out = c.results[0]->dims;
    auto const ranges = tpu_convert::detail::slice_ranges(c.name, in, a.offset, a.ends, a.steps, a.axes);
    strided_side from = dense_side(in);
    for (std::size_t i = 0; i < in.size(); ++i) {
        from.offset += ranges[i].first * from.strides[i];
        from.strides[i] *= ranges[i].step;
    }
    if (!c.payloads[0] && is_run(out, from)) return alias_plan{0, from.offset};
    copy_plan p;
    append_copy(p, {out, from, dense_side(out)});
    return p;
}

} // namespace movement

template <chip Chip>
struct lowering<op::concat, Chip> {
    static copy_plan plan(op::concat::attributes const& a, lowering_context const& c) { return movement::join_copies(a, c); }
};

template <chip Chip>
struct lowering<op::slice, Chip> {
    static lowering_plan<Chip> plan(op::slice::attributes const& a, lowering_context const& c) {
        return movement::take_part<Chip>(a, c);
    }
};

template <chip Chip>
struct lowering<op::split, Chip> {
    static copy_plan plan(op::split::attributes const& a, lowering_context const& c) {
        using namespace movement;
        shape const& in = c.operands[0]->dims;
        auto const axis = static_cast<std::size_t>(normal_axis(a.axis, in.size()));
        copy_plan p;
        strided_side from = dense_side(in);
        for (std::size_t r = 0; r < c.results.size(); ++r) {
            shape const& out = c.results[r]->dims;
            append_copy(p, {out, from, dense_side(out), 0, r});
            from.offset += out[axis] * from.strides[axis];
        }
        return p;
    }
};

} // namespace tpu_convert
