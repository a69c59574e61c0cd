// Normalisation along rows: LayerNorm, RMSNorm, GroupNorm, InstanceNorm, PixelNorm.
#pragma once
#include <optional>
#include <tpu_convert/chip/bm1684x/lowering/pack.hpp>
#include <tpu_convert/chip/bm1684x/lowering/row_view.hpp>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/lower/lowering.hpp>
#include <tpu_convert/op/group_norm.hpp>
#include <tpu_convert/op/instance_norm.hpp>
#include <tpu_convert/op/layer_norm.hpp>
#include <tpu_convert/op/pixel_norm.hpp>
#include <tpu_convert/op/rms_norm.hpp>

namespace tpu_convert {

namespace bm1684x_lowering {

struct normalization {
    row_views rows;
    view affine; // of weight and bias
    double eps;
    bool centred = true; // subtract the mean
};
kernel_plan<bm1684x> normalization_plan(normalization const& n, lowering_context const& c);

// Axes of a shape from `first` on.
inline std::vector<bool> axes_from(std::size_t first, std::size_t rank) {
    std::vector<bool> along(rank, false);
    for (std::size_t i = first; i < rank; ++i) along[i] = true;
    return along;
}
inline row_views last_axes_rows(lowering_context const& c, std::int64_t axis) {
    shape const& dims = c.results[0]->dims;
    auto const first = static_cast<std::size_t>(normal_axis(axis, dims.size()));
    return make_row_views(c.name, dims, axes_from(first, dims.size()), memory_bytes(c));
}
// Weights along w, one row for all.
inline view affine_along_w(row_views const& v) { return view::dense({1, 1, 1, v.whole.dims[3]}); }

inline normalization group_rows(shape const& dims, std::int64_t groups, double eps) {
    std::int64_t const inside = dims[1] / groups, pixels = element_count(dims) / (dims[0] * dims[1]);
    view const x = view::dense({dims[0], groups, inside, pixels}), rows = view::dense({dims[0], groups, 1, 1});
    return {{x, rows, {true, true}}, {{1, groups, inside, 1}, {0, inside, 1, 1}, 0}, eps};
}

} // namespace bm1684x_lowering

template <>
struct lowering<op::layer_norm, bm1684x> {
    static kernel_plan<bm1684x> plan(op::layer_norm::attributes const& a, lowering_context const& c) {
        auto const v = bm1684x_lowering::last_axes_rows(c, a.axis);
        return bm1684x_lowering::normalization_plan({v, bm1684x_lowering::affine_along_w(v), a.eps}, c);
    }
};
template <>
struct lowering<op::rms_norm, bm1684x> {
    static kernel_plan<bm1684x> plan(op::rms_norm::attributes const& a, lowering_context const& c) {
        auto const v = bm1684x_lowering::last_axes_rows(c, a.axis);
        return bm1684x_lowering::normalization_plan({v, bm1684x_lowering::affine_along_w(v), a.eps, false}, c);
    }
};
template <>
struct lowering<op::group_norm, bm1684x> {
    static kernel_plan<bm1684x> plan(op::group_norm::attributes const& a, lowering_context const& c) {
        return bm1684x_lowering::normalization_plan(bm1684x_lowering::group_rows(c.results[0]->dims, a.num_groups, a.eps), c);
    }
};
template <>
struct lowering<op::instance_norm, bm1684x> {
    static kernel_plan<bm1684x> plan(op::instance_norm::attributes const& a, lowering_context const& c) {
        shape const& dims = c.results[0]->dims;
        return bm1684x_lowering::normalization_plan(bm1684x_lowering::group_rows(dims, dims[1], a.eps), c);
    }
};
template <>
struct lowering<op::pixel_norm, bm1684x> {
    static kernel_plan<bm1684x> plan(op::pixel_norm::attributes const& a, lowering_context const& c) {
        using namespace bm1684x_lowering;
        shape const& dims = c.results[0]->dims;
        std::vector<bool> along(dims.size(), false);
        along[1] = true;
        row_views const v = make_row_views(c.name, dims, along, memory_bytes(c));
        if (v.axes.w) return normalization_plan({v, affine_along_w(v), a.eps}, c);
        return normalization_plan({v, {{1, v.whole.dims[1], v.whole.dims[2], 1}, {0, 0, 1, 1}, 0}, a.eps}, c);
    }
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/chip/bm1684x/lowering/normalize.inl>
#endif
