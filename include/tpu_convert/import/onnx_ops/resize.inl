// ONNX Resize and Upsample.
#pragma once
#include <algorithm>
#include <cmath>
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/common.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>
#include <tpu_convert/op/gather.hpp>
#include <tpu_convert/op/interp.hpp>
#include <tpu_convert/op/upsample.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

// How one axis is resized.
struct axis_resize {
    std::int64_t in, out;
    double scale;
    double first = 0, last = 1; // the region that is cut out, as parts of the axis
};

struct resize_rule {
    std::string mode, coordinates, nearest;
    std::vector<axis_resize> axes{};
    double cubic = -0.75, extrapolation = 0;
    bool exclude_outside = false, antialias = false;
    std::string policy = "stretch";
};

// Where the element i of the result lies in the input.
inline double source_position(resize_rule const& r, axis_resize const& a, std::int64_t i) {
    auto const x = static_cast<double>(i);
    if (r.coordinates == "asymmetric") return x / a.scale;
    if (r.coordinates == "align_corners")
        return a.out == 1 ? 0 : x * static_cast<double>(a.in - 1) / static_cast<double>(a.out - 1);
    if (r.coordinates == "pytorch_half_pixel" && a.out == 1) return 0;
    if (r.coordinates == "tf_half_pixel_for_nn") return (x + 0.5) / a.scale;
    if (r.coordinates == "half_pixel_symmetric") { // the middles of both images meet
        double const middle = static_cast<double>(a.in) / 2;
        return (x + 0.5) / a.scale - 0.5 + middle - static_cast<double>(a.out) / a.scale / 2;
    }
    if (r.coordinates == "tf_crop_and_resize") {
        auto const end = static_cast<double>(a.in - 1);
        if (a.out == 1) return (a.first + a.last) / 2 * end;
        return a.first * end + x * (a.last - a.first) * end / static_cast<double>(a.out - 1);
    }
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

// Weight of a neighbour at a distance.
inline double neighbour_weight(resize_rule const& r, double d) {
    double const a = r.cubic;
    if (r.mode == "nearest") throw unsupported{"attribute 'mode' is 'nearest' with 'tf_crop_and_resize'"};
    if (r.mode != "cubic") return std::max(0.0, 1 - d);
    if (d <= 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

// What each element of the input adds to each of the result: [in, out]. Places outside a cut region get nothing.
inline std::vector<double> axis_weights(resize_rule const& r, axis_resize const& a, std::vector<bool>& outside) {
    std::vector<double> weights(static_cast<std::size_t>(a.in * a.out), 0);
    for (std::int64_t i = 0; i < a.out; ++i) {
        double const x = source_position(r, a, i), low = std::floor(x);
        outside.push_back(r.coordinates == "tf_crop_and_resize" && (x < 0 || x > static_cast<double>(a.in - 1)));
        if (outside.back()) continue;
        double const near = r.antialias ? std::min(1.0, a.scale) : 1; // smaller images see wider
        auto const reach = static_cast<std::int64_t>(std::ceil(2 / near));
        double sum = 0;
        for (int pass = 0; pass < 2; ++pass)
            for (std::int64_t k = 1 - reach; k <= reach; ++k) {
                auto const at = static_cast<std::int64_t>(low) + k;
                if (r.exclude_outside && (at < 0 || at >= a.in)) continue;
                double const w = neighbour_weight(r, std::abs(x - low - static_cast<double>(k)) * near);
                if (pass == 0) sum += w;
                else weights[static_cast<std::size_t>(std::clamp<std::int64_t>(at, 0, a.in - 1) * a.out + i)] += w / sum;
            }
    }
    return weights;
}

// Any separable interpolation: along each axis a product with a constant matrix.
inline operand resize_by_products(context& c, operand x, resize_rule const& r) {
    steps const f{c};
    auto const rank = r.axes.size();
    std::vector<std::vector<bool>> outside(rank);
    for (std::size_t i = 0; i < rank; ++i) {
        auto const& a = r.axes[i];
        if (a.in == a.out && a.scale == 1 && r.coordinates != "tf_crop_and_resize") continue;
        if (a.in * a.out > 1 << 26) throw unsupported{"an axis of " + std::to_string(a.out) + " elements is too large"};
        operand const matrix = f.reals({a.in, a.out}, axis_weights(r, a, outside[i]));
        std::vector<std::int64_t> order;
        for (std::size_t k = 0; k < rank; ++k) order.push_back(static_cast<std::int64_t>(k));
        std::swap(order[i], order[rank - 1]);
        bool const last = i + 1 == rank;
        x = f.mat_mul(last ? x : f.transpose(x, order), matrix);
        if (!last) x = f.transpose(x, order);
    }
    if (r.coordinates != "tf_crop_and_resize" || r.extrapolation == 0) return x;
    constant_tensor values{x.dims};
    auto const strides = dense_strides(x.dims);
    for (std::int64_t e = 0; e < values.size(); ++e)
        for (std::size_t i = 0; i < rank; ++i)
            if (outside[i][static_cast<std::size_t>(e / strides[i] % x.dims[i])]) values[e] = r.extrapolation;
    return f.add(x, c.known(from_fold(values, dtype::f32)));
}

// The operator of chips scales the last two of four axes, or the last of fewer.
inline operand resize_linear(context& c, operand const& x, resize_rule const& r) {
    auto const rank = r.axes.size();
    bool fits = rank <= 4 && !r.antialias && r.coordinates != "half_pixel_symmetric" && r.coordinates != "tf_crop_and_resize" &&
                r.coordinates != "tf_half_pixel_for_nn";
    for (std::size_t i = 0; i < rank; ++i) fits = fits && (i >= 2 || r.axes[i].in == r.axes[i].out);
    if (!fits) return resize_by_products(c, x, r);
    op::interp::attributes a;
    a.mode = interp_mode::linear;
    a.coord_mode = coordinate_mode(r.coordinates);
    a.scale_h = rank == 4 ? r.axes[2].scale : 1;
    a.scale_w = r.axes[rank - 1].scale;
    return c.emit<op::interp>(a, {x});
}

inline void read_region(context& c, resize_rule& r, std::vector<std::int64_t> const& axes) {
    auto const region = c.known_reals(1, "roi");
    if (region.size() != 2 * axes.size()) throw unsupported{"'roi' has " + std::to_string(region.size()) + " entries"};
    for (std::size_t k = 0; k < axes.size(); ++k) {
        auto& a = r.axes[static_cast<std::size_t>(checked_axis(axes[k], r.axes.size()))];
        a.first = region[k];
        a.last = region[axes.size() + k];
    }
}

// One scale for all listed axes, so that the result is not larger than the wanted sizes in any of them, or not smaller.
inline void keep_aspect_ratio(resize_rule const& r, std::vector<std::int64_t> const& axes, std::vector<double>& sizes,
                              std::vector<double>& scales) {
    if (r.policy == "stretch" || sizes.empty()) return;
    bool const smaller = r.policy == "not_larger";
    if (!smaller && r.policy != "not_smaller") throw unsupported{"attribute 'keep_aspect_ratio_policy' is '" + r.policy + "'"};
    double scale = 0;
    for (std::size_t k = 0; k < axes.size(); ++k) {
        auto const& a = r.axes[static_cast<std::size_t>(checked_axis(axes[k], r.axes.size()))];
        if (a.in < 1) throw unsupported{"an axis is empty"};
        double const own = sizes[k] / static_cast<double>(a.in);
        scale = k == 0 ? own : smaller ? std::min(scale, own) : std::max(scale, own);
    }
    scales.assign(axes.size(), scale);
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
    if (r.coordinates == "tf_crop_and_resize") read_region(c, r, axes);
    std::vector<double> scales, sizes;
    if (c.has("scales")) scales = *c.find<std::vector<double>>("scales");
    else if (c.has(scales_at)) scales = c.known_reals(scales_at, "scales");
    if (scales.empty() && c.has(sizes_at)) sizes = c.known_reals(sizes_at, "sizes");
    if (scales.size() + sizes.size() != axes.size()) throw unsupported{"'scales' or 'sizes' do not fit the rank of its input"};
    keep_aspect_ratio(r, axes, sizes, scales);
    for (std::size_t k = 0; k < axes.size(); ++k) {
        auto& a = r.axes[static_cast<std::size_t>(checked_axis(axes[k], dims.size()))];
        auto const in = static_cast<double>(a.in);
        double const out = scales.empty()   ? sizes[k]
                           : sizes.empty() ? std::floor(in * static_cast<double>(static_cast<float>(scales[k])))
                                           : std::floor(in * scales[k] + 0.5);
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
    if (r.mode == "cubic") return {resize_by_products(c, c.in(0), r)};
    throw unsupported{"attribute 'mode' is '" + r.mode + "'; nearest, linear and cubic can be converted"};
}

inline results import_resize(context& c) {
    bool const first = c.opset() < 11;
    resize_rule r{c.text("mode", "nearest"), c.text("coordinate_transformation_mode", first ? "asymmetric" : "half_pixel"),
                  c.text("nearest_mode", first ? "floor" : "round_prefer_floor")};
    if (r.coordinates != "tf_crop_and_resize" && r.coordinates != "tf_half_pixel_for_nn" &&
        r.coordinates != "half_pixel_symmetric")
        coordinate_mode(r.coordinates);
    r.antialias = c.integer("antialias", 0) != 0;
    r.policy = c.text("keep_aspect_ratio_policy", "stretch");
    if (r.antialias && r.mode == "nearest") throw unsupported{"attribute 'antialias' is set for the nearest element"};
    r.cubic = c.real("cubic_coeff_a", -0.75);
    r.exclude_outside = c.integer("exclude_outside", 0) != 0;
    r.extrapolation = c.real("extrapolation_value", 0);
    return resized(c, r, first ? 1 : 2, first ? 9 : 3);
}

inline results import_upsample(context& c) {
    resize_rule r{c.text("mode", "nearest"), "asymmetric", "floor"};
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
