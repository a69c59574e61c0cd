// Rewrite: a convolution whose stride chips can't encode. Along such an axis, x[q s + r] becomes channel r of position q, and the
// filter, filled up with zeros to whole multiples of s, is cut in the same way: the stride is then 1.
#pragma once
#include <algorithm>
#include <cstdint>
#include <tpu_convert/op/conv.hpp>
#include <tpu_convert/op/pad.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/reshape.hpp>
#include <tpu_convert/pass/passes.hpp>
#include <tpu_convert/pass/rewrite.hpp>

namespace tpu_convert::pass {

namespace detail {

// The commands of all chips have four bits for it.
inline constexpr std::int64_t largest_stride = 15;

// What each spatial axis is cut by; 1 where it stays.
inline std::vector<std::int64_t> axis_cuts(op::conv::attributes const& a) {
    std::vector<std::int64_t> cuts;
    for (std::size_t i = 0; i < a.kernel_shape.size(); ++i) {
        bool const dense = !a.dilations || (*a.dilations)[i] == 1;
        cuts.push_back(a.strides[i] > largest_stride && dense ? a.strides[i] : 1);
    }
    return cuts;
}

// [N, C, s q...] to [N, C s..., q...].
inline ref parts_to_channels(graph& g, std::string const& name, ref x, std::vector<std::int64_t> const& cuts) {
    shape const dims = g[x].dims;
    shape split{dims[0], dims[1]}, moved = split, joined = split;
    std::vector<std::int64_t> first{0, 1}, last;
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        split.push_back(dims[i + 2] / cuts[i]), split.push_back(cuts[i]);
        first.push_back(std::ssize(split) - 1), last.push_back(std::ssize(split) - 2);
        moved.push_back(cuts[i]), joined[1] *= cuts[i], joined.push_back(dims[i + 2] / cuts[i]);
    }
    moved.insert(moved.end(), joined.begin() + 2, joined.end());
    first.insert(first.end(), last.begin(), last.end());
    ref const apart = add_operation<op::reshape>(g, name + "_split", split, {.new_shape = split}, {x});
    ref const turned = add_operation<op::permute>(g, name + "_turned", moved, {.order = first}, {apart});
    return add_operation<op::reshape>(g, name + "_joined", joined, {.new_shape = joined}, {turned});
}

// Element i of a filter row-major over [channels, kernel...] goes to its place over [channels, cuts..., positions...].
inline tensor cut_filter(tensor const& w, std::vector<std::int64_t> const& kernel, std::vector<std::int64_t> const& cuts) {
    shape dims{w.dim(0), w.dim(1)};
    for (std::size_t i = 0; i < cuts.size(); ++i) dims[1] *= cuts[i], dims.push_back((kernel[i] + cuts[i] - 1) / cuts[i]);
    tensor out(dims);
    for (float& v : out.values()) v = 0;
    for (std::int64_t i = 0; i < w.size(); ++i) {
        std::int64_t rest = i, part = 0, position = 0, parts = 1, positions = 1;
        for (std::size_t k = kernel.size(); k-- > 0; rest /= kernel[k]) {
            std::int64_t const at = rest % kernel[k];
            part += at % cuts[k] * parts, position += at / cuts[k] * positions;
            parts *= cuts[k], positions *= dims[k + 2];
        }
        out[(rest * parts + part) * positions + position] = w[i];
    }
    return out;
}

inline void stride_to_channels(graph& g, graph::id v) {
    auto a = attributes<op::conv>(g, v);
    auto const cuts = axis_cuts(a);
    auto operands = g.operands(v);
    auto const* filter = weight(g, operands[1]);
    if (!filter || std::all_of(cuts.begin(), cuts.end(), [](auto c) { return c == 1; })) return;
    std::size_t const axes = cuts.size();
    op::pad::attributes around;
    around.paddings.assign(2 * (axes + 2), 0);
    shape dims = g[operands[0]].dims;
    bool padded = false;
    for (std::size_t i = 0; i < axes; ++i) {
        if (cuts[i] == 1) continue;
        std::int64_t const taps = (a.kernel_shape[i] + cuts[i] - 1) / cuts[i];
        std::int64_t const length = (g[v].results[0].dims[i + 2] - 1 + taps) * cuts[i], before = a.pads[i];
        around.paddings[i + 2] = before, around.paddings[axes + 4 + i] = length - before - dims[i + 2];
        padded |= before != 0 || length != dims[i + 2];
        dims[i + 2] = length, a.kernel_shape[i] = taps, a.strides[i] = 1, a.pads[i] = a.pads[axes + i] = 0;
    }
    std::string const name = g[v].results[0].name;
    tensor cut = cut_filter(*filter, attributes<op::conv>(g, v).kernel_shape, cuts);
    if (padded) operands[0] = add_operation<op::pad>(g, name + "_padded", dims, around, {operands[0]});
    operands[0] = parts_to_channels(g, name, operands[0], cuts);
    operands[1] = add_weight(g, g[operands[1]].name + "_cut", std::move(cut));
    become<op::conv>(g, v, a, operands);
}

} // namespace detail

TPU_CONVERT_INLINE void stride_to_channels(graph& g) {
    for_each_operation(g, [&](graph::id v) {
        if (is<op::conv>(g, v)) detail::stride_to_channels(g, v);
    });
    g.erase_unused();
}

} // namespace tpu_convert::pass
