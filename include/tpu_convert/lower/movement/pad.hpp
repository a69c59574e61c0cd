// Pad: a fill and a copy, or a copy and then the borders, axis by axis, from what the result already holds.
#pragma once
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/lower/constant_bits.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/lower/movement/strided_copy.hpp>

namespace tpu_convert {

template <chip Chip>
struct lowering<op::pad, Chip> {
    static copy_plan plan(op::pad::attributes const& a, lowering_context const& c) {
        using namespace movement;
        shape const &in = c.operands[0]->dims, &out = c.results[0]->dims;
        copy_plan p;
        if (a.mode == padding_mode::constant)
            append_copy(p, {out, dense_side(out), dense_side(out), std::nullopt, 0, false,
                            constant_bits(a.val, c.results[0]->type)});
        strided_side from = dense_side(in), to = dense_side(out);
        shape inner = in; // negative paddings cut
        for (std::size_t i = 0; i < in.size(); ++i) {
            std::int64_t const before = a.paddings[i], after = a.paddings[in.size() + i];
            from.offset += std::max<std::int64_t>(-before, 0) * from.strides[i];
            to.offset += std::max<std::int64_t>(before, 0) * to.strides[i];
            inner[i] += std::min<std::int64_t>(before, 0) + std::min<std::int64_t>(after, 0);
        }
        append_copy(p, {inner, from, to});
        if (a.mode != padding_mode::constant) mirror_borders(p, a, inner, out);
        return p;
    }

private:
    // Position i (from -before to length + after - 1) outside [0, length) shows this one inside.
    static std::int64_t source(padding_mode mode, std::int64_t i, std::int64_t length) {
        if (mode == padding_mode::edge || length == 1) return i < 0 ? 0 : length - 1;
        std::int64_t const skip = mode == padding_mode::reflect ? 0 : 1;
        return i < 0 ? -i - skip : 2 * length - 2 + skip - i;
    }
    // Once an axis is complete, its borders are copied along with the next one's.
    static void mirror_borders(copy_plan& p, op::pad::attributes const& a, shape const& inner, shape const& out) {
        using namespace movement;
        shape const strides = dense_strides(out);
        for (std::size_t axis = 0; axis < out.size(); ++axis) {
            std::int64_t const before = std::max<std::int64_t>(a.paddings[axis], 0);
            shape part = out;
            std::int64_t base = 0;
            for (std::size_t i = axis + 1; i < out.size(); ++i) {
                part[i] = inner[i];
                base += std::max<std::int64_t>(a.paddings[i], 0) * strides[i];
            }
            part[axis] = 1;
            for (std::int64_t i = -before; i < out[axis] - before; ++i) {
                if (i >= 0 && i < inner[axis]) continue;
                std::int64_t const from = source(a.mode, i, inner[axis]);
                if (from < 0 || from >= inner[axis])
                    throw model_error{error_code::attribute_invalid, "Pad", "the padding is wider than what it reflects"};
                append_copy(p, {part,
                                {strides, base + (from + before) * strides[axis]},
                                {strides, base + (i + before) * strides[axis]},
                                std::nullopt,
                                0,
                                true});
            }
        }
    }
};

} // namespace tpu_convert
