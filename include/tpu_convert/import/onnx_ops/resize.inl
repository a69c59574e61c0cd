// ONNX Resize and Upsample.
#pragma once
#include <algorithm>
#include <cmath>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/op/gather.hpp>
#include <tpu_convert/op/interp.hpp>
#include <tpu_convert/op/upsample.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// How one axis is resized.
struct axis_resize {
    std::int64_t in, out;
    double scale;
};

struct resize_rule {
    std::string mode, coordinates, nearest;
    std::vector<axis_resize> axes;
};

// Where the element i of the result lies in the input.
inline double source_position(resize_rule const& r, axis_resize const& a, std::int64_t i) {
    auto const x = static_cast<double>(i);
    if (r.coordinates == "asymmetric") return x / a.scale;
    if (r.coordinates == "align_corners")
        return a.out == 1 ? 0 : x * static_cast<double>(a.in - 1) / static_cast<double>(a.out - 1);
    if (r.coordinates == "pytorch_half_pixel" && a.out == 1) return 0;
    return (x + 0.5) / a.scale - 0.5;
}

inline std::vector<std::int64_t> nearest_positions(resize_rule const& r, axis_resize const& a) {
    std::vector<std::int64_t> positions;
    for (std::int64_t i = 0; i < a.out; ++i) {
        double const x = source_position(r, a, i);
        double rounded = std::floor(x);
        if (r.nearest == "ceil") rounded = std::ceil(x);
        else if (r.nearest == "round_prefer_floor") rounded = std::ceil(x - 0.5);
        else if (r.nearest == "round_prefer_ceil") rounded = std::floor(x + 0.5);
        positions.push_back(std::clamp<std::int64_t>(static_cast<std::int64_t>(rounded), 0, a.in - 1));
    }
    return positions;
}

// The factor if each element is repeated that often, else 0.
inline std::int64_t repeat_factor(std::vector<std::int64_t> const& positions, axis_resize const& a) {
    if (a.out % a.in) return 0;
    auto const factor = a.out / a.in;
    for (std::int64_t i = 0; i < a.out; ++i)
        if (positions[static_cast<std::size_t>(i)] != i / factor) return 0;
    return factor;
}

// Nearest: whole factors in both spatial axes are an Upsample; anything else picks rows and columns.
inline operand resize_nearest(context& c, operand x, resize_rule const& r) {
    std::vector<std::vector<std::int64_t>> positions;
    for (auto const& a : r.axes) positions.push_back(nearest_positions(r, a));
    if (r.axes.size() == 4 && repeat_factor(positions[0], r.axes[0]) == 1 && repeat_factor(positions[1], r.axes[1]) == 1) {
        op::upsample::attributes a;
        a.scale_h = repeat_factor(positions[2], r.axes[2]);
        a.scale_w = repeat_factor(positions[3], r.axes[3]);
        if (a.scale_h && a.scale_w) return c.emit<op::upsample>(a, {x});
    }
    for (std::size_t i = 0; i < r.axes.size(); ++i) {
        if (repeat_factor(positions[i], r.axes[i]) == 1) continue;
        op::gather::attributes a;
        a.axis = static_cast<std::int64_t>(i);
        x = c.emit<op::gather>(a, {x, c.known_vector(positions[i])});
    }
    return x;
}

inline interp_coord_mode coordinate_mode(std::string const& name) {
    if (name == "half_pixel") return interp_coord_mode::half_pixel;
    if (name == "pytorch_half_pixel") return interp_coord_mode::pytorch_half_pixel;
    if (name == "align_corners") return interp_coord_mode::align_corners;
    if (name == "asymmetric") return interp_coord_mode::asymmetric;
    throw unsupported{"attribute 'coordinate_transformation_mode' is '" + name + "'"};
}

inline operand resize_linear(context& c, operand const& x, resize_rule const& r) {
    auto const rank = r.axes.size();
    op::interp::attributes a;
    a.mode = interp_mode::linear;
    a.coord_mode = coordinate_mode(r.coordinates);
    for (std::size_t i = 0; i < rank; ++i)
        if ((i < 2 || rank > 4) && r.axes[i].in != r.axes[i].out)
            throw unsupported{"linear resizing of axis " + std::to_string(i) + " of " + to_string(x.dims) +
                              "; the last two of four can be"};
    a.scale_h = rank == 4 ? r.axes[2].scale : 1;
    a.scale_w = r.axes[rank - 1].scale;
    return c.emit<op::interp>(a, {x});
}

// Sizes or scales, for the listed axes only if 'axes' is given.
inline void read_sizes(context& c, resize_rule& r, std::size_t scales_at, std::size_t sizes_at) {
    auto const& dims = c.in(0).dims;
    std::vector<std::int64_t> all;
    for (std::size_t i = 0; i < dims.size(); ++i) {
        all.push_back(static_cast<std::int64_t>(i));
        r.axes.push_back({dims[i], dims[i], 1});
    }
    auto const axes = c.integers("axes", all);
    std::vector<double> scales, sizes;
    if (c.has("scales")) scales = *c.find<std::vector<double>>("scales");
    else if (c.has(scales_at)) scales = c.known_reals(scales_at, "scales");
    if (scales.empty() && c.has(sizes_at)) sizes = c.known_reals(sizes_at, "sizes");
    if (scales.size() + sizes.size() != axes.size()) throw unsupported{"'scales' or 'sizes' do not fit the rank of its input"};
    for (std::size_t k = 0; k < axes.size(); ++k) {
        auto& a = r.axes[static_cast<std::size_t>(checked_axis(axes[k], dims.size()))];
        auto const in = static_cast<double>(a.in);
        double const out = scales.empty() ? sizes[k] : std::floor(in * static_cast<double>(static_cast<float>(scales[k])));
        if (!(out >= 1 && out <= 1 << 20) || a.in < 1)
            throw unsupported{"an axis would get " + std::to_string(out) + " elements"};
        a.out = static_cast<std::int64_t>(out);
        a.scale = scales.empty() ? out / in : scales[k];
    }
}

inline results resized(context& c, resize_rule& r, std::size_t scales_at, std::size_t sizes_at) {
    read_sizes(c, r, scales_at, sizes_at);
    bool const same = std::all_of(r.axes.begin(), r.axes.end(), [](auto const& a) { return a.in == a.out && a.scale == 1; });
    if (same) return {c.in(0)};
    if (r.mode == "nearest") return {resize_nearest(c, c.in(0), r)};
    if (r.mode == "linear" || r.mode == "bilinear") return {resize_linear(c, c.in(0), r)};
    throw unsupported{"attribute 'mode' is '" + r.mode + "'; nearest and linear can be converted"};
}

inline results import_resize(context& c) {
    if (c.integer("antialias", 0)) throw unsupported{"attribute 'antialias' is set"};
    if (c.text("keep_aspect_ratio_policy", "stretch") != "stretch")
        throw unsupported{"attribute 'keep_aspect_ratio_policy' is not stretch"};
    bool const first = c.opset() < 11;
    resize_rule r{c.text("mode", "nearest"), c.text("coordinate_transformation_mode", first ? "asymmetric" : "half_pixel"),
                  c.text("nearest_mode", first ? "floor" : "round_prefer_floor"), {}};
    coordinate_mode(r.coordinates);
    return resized(c, r, first ? 1 : 2, first ? 9 : 3);
}

inline results import_upsample(context& c) {
    resize_rule r{c.text("mode", "nearest"), "asymmetric", "floor", {}};
    return resized(c, r, 1, 9);
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> resize_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"Resize", import_resize},
        {"Upsample", import_upsample},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
