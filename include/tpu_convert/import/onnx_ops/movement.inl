// ONNX operators that move values.
#pragma once
#include <algorithm>
#include <limits>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>
#include <tpu_convert/op/concat.hpp>
#include <tpu_convert/op/depth2space.hpp>
#include <tpu_convert/op/pad.hpp>
#include <tpu_convert/op/permute.hpp>
#include <tpu_convert/op/slice.hpp>
#include <tpu_convert/op/tile.hpp>
#include <tpu_convert/op/trilu.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

inline results import_transpose(context& c) {
    auto const rank = c.in(0).dims.size();
    op::permute::attributes a;
    for (std::size_t i = rank; i-- > 0;) a.order.push_back(static_cast<std::int64_t>(i));
    a.order = c.integers("perm", a.order);
    auto sorted = a.order;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < sorted.size() || i < rank; ++i)
        if (sorted.size() != rank || sorted[i] != static_cast<std::int64_t>(i))
            throw unsupported{"'perm' " + to_string(a.order) + " is no order of " + std::to_string(rank) + " axes"};
    if (sorted == a.order) return {c.in(0)};
    return {c.emit<op::permute>(a, {c.in(0)})};
}

// Operands without elements add nothing.
inline results import_concat(context& c) {
    std::vector<operand> parts;
    for (auto const& o : c.all_in())
        if (o.given() && element_count(o.dims) != 0) parts.push_back(o);
    if (parts.empty()) parts.push_back(c.in(0));
    op::concat::attributes a;
    a.axis = checked_axis(c.integer("axis", c.opset() < 4 ? std::optional<std::int64_t>(1) : std::nullopt), parts[0].dims.size());
    if (parts.size() == 1) return {parts[0]};
    return {c.emit<op::concat>(a, parts)};
}

// One entry for each axis, as the Top dialect has it. Positions are made exact here: ONNX clamps them.
inline operand sliced(context& c, operand const& x, std::vector<std::int64_t> const& starts,
                      std::vector<std::int64_t> const& ends, std::vector<std::int64_t> const& axes,
                      std::vector<std::int64_t> const& steps) {
    op::slice::attributes a;
    a.offset.assign(x.dims.size(), 0);
    a.steps.assign(x.dims.size(), 1);
    a.ends = x.dims;
    bool whole = true;
    for (std::size_t k = 0; k < axes.size(); ++k) {
        auto const i = static_cast<std::size_t>(checked_axis(axes[k], x.dims.size()));
        auto const n = x.dims[i], step = steps[k];
        if (step == 0 || step < -std::numeric_limits<std::int32_t>::max())
            throw unsupported{"'steps' holds " + std::to_string(step)};
        if (n == 0) continue;
        auto const low = step < 0 ? std::int64_t{-1} : std::int64_t{0}, high = step < 0 ? n - 1 : n;
        auto const at = [&](std::int64_t p) { return std::clamp(p < 0 ? p + n : p, low, high); };
        a.offset[i] = std::max<std::int64_t>(at(starts[k]), 0);
        a.ends[i] = at(ends[k]);
        if (a.ends[i] == -1) a.ends[i] = -n - 1; // before the first element
        a.steps[i] = step;
        whole = whole && a.offset[i] == 0 && a.ends[i] == n && step == 1;
    }
    return whole ? x : c.emit<op::slice>(a, {x});
}

inline results import_slice(context& c) {
    auto const starts = c.integers_or_in("starts", 1), ends = c.integers_or_in("ends", 2);
    if (!starts || !ends || starts->size() != ends->size()) throw unsupported{"'starts' and 'ends' do not fit"};
    std::vector<std::int64_t> all;
    for (std::size_t i = 0; i < starts->size(); ++i) all.push_back(static_cast<std::int64_t>(i));
    auto const axes = c.integers_or_in("axes", 3).value_or(all);
    auto const steps = c.has(4) ? c.known_integers(4, "steps") : std::vector<std::int64_t>(starts->size(), 1);
    if (axes.size() != starts->size() || steps.size() != starts->size())
        throw unsupported{"'axes' and 'steps' do not fit 'starts'"};
    return {sliced(c, c.in(0), *starts, *ends, axes, steps)};
}

inline results import_split(context& c) {
    operand const& x = c.in(0);
    auto const axis = checked_axis(c.integer("axis", 0), x.dims.size());
    auto const size = x.dims[static_cast<std::size_t>(axis)];
    auto const parts = static_cast<std::int64_t>(c.node().outputs.size());
    auto split = c.integers_or_in("split", 1);
    if (!split) {
        auto const each = (size + parts - 1) / parts;
        split.emplace();
        for (std::int64_t i = 0; i < parts; ++i) split->push_back(std::min(each, std::max<std::int64_t>(size - i * each, 0)));
    }
    results out;
    std::int64_t first = 0;
    for (auto const n : *split) {
        if (n < 0 || n > size - first)
            throw unsupported{"the parts " + to_string(*split) + " do not add up to " + std::to_string(size)};
        out.push_back(sliced(c, x, {first}, {first + n}, {axis}, {1}));
        first += n;
    }
    return out;
}

inline padding_mode pad_mode(std::string const& name) {
    if (name == "constant") return padding_mode::constant;
    if (name == "reflect") return padding_mode::reflect;
    if (name == "edge") return padding_mode::edge;
    throw unsupported{"attribute 'mode' is '" + name + "'; constant, reflect, edge and wrap can be converted"};
}

// Each axis goes on with its other end.
inline operand wrapped(context& c, operand x, std::vector<std::int64_t> const& paddings) {
    steps const f{c};
    auto const rank = x.dims.size();
    for (std::size_t i = 0; i < rank; ++i) {
        auto const n = x.dims[i], before = paddings[i], size = n + before + paddings[rank + i];
        if (size == n && before == 0) continue;
        if (n < 1 || size < 0 || size > 1 << 24)
            throw unsupported{"padding gives an axis of " + std::to_string(size) + " elements"};
        std::vector<std::int64_t> from;
        for (std::int64_t k = 0; k < size; ++k) from.push_back(((k - before) % n + n) % n);
        x = f("Gather", {x, c.known_vector(from)}, {{"axis", static_cast<std::int64_t>(i)}});
    }
    return x;
}

inline results import_pad(context& c) {
    operand const& x = c.in(0);
    auto const rank = x.dims.size();
    auto const given = c.integers_or_in(c.opset() < 2 ? "paddings" : "pads", 1);
    if (!given) throw unsupported{"'pads' is missing"};
    op::pad::attributes a;
    bool const wraps = c.text("mode", "constant") == "wrap";
    if (!wraps) a.mode = pad_mode(c.text("mode", "constant"));
    a.paddings.assign(2 * rank, 0);
    std::vector<std::int64_t> axes;
    for (std::size_t i = 0; i < rank; ++i) axes.push_back(static_cast<std::int64_t>(i));
    if (c.has(3)) axes = c.known_integers(3, "axes");
    if (given->size() != 2 * axes.size()) throw unsupported{"'pads' has " + std::to_string(given->size()) + " entries"};
    for (std::size_t k = 0; k < axes.size(); ++k) {
        auto const i = static_cast<std::size_t>(checked_axis(axes[k], rank));
        a.paddings[i] = (*given)[k];
        a.paddings[rank + i] = (*given)[axes.size() + k];
    }
    if (wraps) return {wrapped(c, x, a.paddings)};
    a.val = c.real("value", 0.0);
    if (c.has(2)) a.val = c.known_real(2, "constant_value");
    if (std::all_of(a.paddings.begin(), a.paddings.end(), [](auto p) { return p == 0; })) return {x};
    return {c.emit<op::pad>(a, {x})};
}

inline results import_tile(context& c) {
    op::tile::attributes a;
    a.repeats = c.known_integers(1, "repeats");
    if (std::all_of(a.repeats->begin(), a.repeats->end(), [](auto n) { return n == 1; })) return {c.in(0)};
    return {c.emit<op::tile>(a, {c.in(0)})};
}

template <bool Inversed>
results import_depth(context& c) {
    op::depth2space::attributes a;
    a.block_h = a.block_w = c.integer("blocksize");
    a.is_crd = c.text("mode", "DCR") == "CRD";
    a.is_inversed = Inversed;
    return {c.emit<op::depth2space>(a, {c.in(0)})};
}

inline results import_trilu(context& c) {
    op::trilu::attributes a;
    a.upper = c.integer("upper", 1);
    if (c.has(1)) a.diagonal = c.known_integer(1, "k");
    return {c.emit<op::trilu>(a, {c.in(0)})};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> movement_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"Concat", import_concat},
        {"DepthToSpace", import_depth<false>},
        {"Pad", import_pad},
        {"Slice", import_slice},
        {"SpaceToDepth", import_depth<true>},
        {"Split", import_split},
        {"Tile", import_tile},
        {"Transpose", import_transpose},
        {"Trilu", import_trilu},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
