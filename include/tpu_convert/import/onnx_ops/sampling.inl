// ONNX operators that read images at computed places: rows are gathered and weighted.
#pragma once
#include <tpu_convert/import/onnx_context.hpp>
#include <tpu_convert/import/onnx_ops/steps.hpp>

namespace tpu_convert::onnx_import {

namespace detail {

enum class outside_rule { zeros, border, reflection };

// One of the pixels that a place is made of along an axis; a weight that is not given is 1.
struct tap {
    operand at, weight;
};

struct image_axis {
    std::int64_t size;
    outside_rule outside;
    bool align_corners;
};

// Weights of four neighbours at the distances 1 + t, t, 1 - t, 2 - t, for the cubic of the parameter -0.75.
inline std::vector<tap> cubic_taps(steps const& f, operand const& low, operand const& t) {
    double const a = -0.75;
    auto const polynomial = [&](operand const& d, double p3, double p2, double p1, double p0) {
        operand v = f.add(f.mul(d, f.number(p3)), f.number(p2));
        v = f.add(f.mul(v, d), f.number(p1));
        return f.add(f.mul(v, d), f.number(p0));
    };
    auto const near = [&](operand const& d) { return polynomial(d, a + 2, -(a + 3), 0, 1); };
    auto const far = [&](operand const& d) { return polynomial(d, a, -5 * a, 8 * a, -4 * a); };
    auto const neighbour = [&](double k) { return f.add(low, f.number(k)); };
    return {{neighbour(-1), far(f.add(t, f.number(1)))},
            {low, near(t)},
            {neighbour(1), near(f.sub(f.number(1), t))},
            {neighbour(2), far(f.sub(f.number(2), t))}};
}

inline std::vector<tap> taps_of(steps const& f, operand const& x, std::string const& mode) {
    if (mode == "nearest") return {{f("Round", {x}), {}}};
    operand const low = f("Floor", {x}), t = f.sub(x, low);
    if (mode == "bicubic" || mode == "cubic") return cubic_taps(f, low, t);
    if (mode != "bilinear" && mode != "linear") throw unsupported{"attribute 'mode' is '" + mode + "'"};
    return {{low, f.sub(f.number(1), t)}, {f.add(low, f.number(1)), t}};
}

// Places that lie outside are mirrored, or have the weight 0; all end within the image.
inline void keep_inside(steps const& f, std::vector<tap>& taps, image_axis const& a) {
    auto const last = static_cast<double>(a.size - 1);
    for (auto& t : taps) {
        if (a.outside == outside_rule::reflection) {
            double const first = a.align_corners ? 0 : -0.5, span = a.align_corners ? last : last + 1;
            if (span > 0) {
                operand const turn = f("Mod", {f("Abs", {f.sub(t.at, f.number(first))}), f.number(2 * span)});
                t.at = f.sub(f.number(first + span), f("Abs", {f.sub(turn, f.number(span))}));
            }
        } else if (a.outside == outside_rule::zeros) {
            operand const inside = f("And", {f("Greater", {t.at, f.number(-0.5)}), f("Less", {t.at, f.number(last + 0.5)})});
            operand const factor = f.typed(inside, dtype::f32);
            t.weight = t.weight.given() ? f.mul(t.weight, factor) : factor;
        }
        t.at = f.clip(t.at, 0, last);
    }
}

// [N, C, H, W] as rows of channels.
inline operand pixel_rows(steps const& f, operand const& x) {
    return f.shaped(f.transpose(x, {0, 2, 3, 1}), {x.dims[0] * x.dims[2] * x.dims[3], x.dims[1]});
}

// The sum of the weighted pixels, channels last. `first` is the row that each image begins with.
inline operand weighted_pixels(steps const& f, operand const& rows, operand const& first, std::int64_t width,
                               std::vector<tap> const& down, std::vector<tap> const& along) {
    operand sum;
    for (auto const& y : down)
        for (auto const& x : along) {
            operand const row = f.add(f.add(f.mul(y.at, f.number(static_cast<double>(width))), x.at), first);
            operand pixel = f("Gather", {rows, f.typed(row, dtype::i64)}, {{"axis", std::int64_t{0}}});
            operand const weight = !y.weight.given() ? x.weight : !x.weight.given() ? y.weight : f.mul(y.weight, x.weight);
            if (weight.given()) {
                shape dims = weight.dims;
                dims.push_back(1);
                pixel = f.mul(pixel, f.shaped(weight, dims));
            }
            sum = sum.given() ? f.add(sum, pixel) : pixel;
        }
    return sum;
}

inline results import_grid_sample(context& c) {
    steps const f{c};
    operand const &x = c.in(0), &grid = c.in(1);
    if (x.dims.size() != 4 || grid.dims.size() != 4 || grid.dims[3] != 2 || grid.dims[0] != x.dims[0])
        throw unsupported{"grid " + to_string(grid.dims) + " of an input " + to_string(x.dims) +
                          "; images of two axes can be read"};
    bool const corners = c.integer("align_corners", 0) != 0;
    auto const padding = c.text("padding_mode", "zeros");
    auto const outside = padding == "border"       ? outside_rule::border
                         : padding == "reflection" ? outside_rule::reflection
                                                   : outside_rule::zeros;
    auto const mode = c.text("mode", "bilinear");
    auto const taps = [&](std::int64_t size, std::int64_t coordinate) {
        auto const n = static_cast<double>(size);
        operand const g = f.add(f.at(grid, 3, coordinate), f.number(1));
        operand const place = corners ? f.mul(g, f.number((n - 1) / 2)) : f.sub(f.mul(g, f.number(n / 2)), f.number(0.5));
        auto made = taps_of(f, place, mode);
        keep_inside(f, made, {size, outside, corners});
        return made;
    };
    operand const first = f.mul(f.positions(x.dims[0], 0, 3), context::known(make_integers({x.dims[2] * x.dims[3]}, {})));
    operand const y =
        weighted_pixels(f, pixel_rows(f, x), f.typed(first, dtype::f32), x.dims[3], taps(x.dims[2], 1), taps(x.dims[3], 0));
    return {f.transpose(y, {0, 3, 1, 2})};
}

// Taps of the samples of each region along an axis: [regions, samples]; what lies outside by more than a pixel counts as 0.
inline std::vector<tap> region_taps(context& c, operand const& from, operand const& to, std::int64_t bins, std::int64_t size) {
    steps const f{c};
    auto const ratio = c.integer("sampling_ratio", 0);
    std::vector<double> steps_of;
    for (std::int64_t i = 0; i < bins * ratio; ++i)
        steps_of.push_back((static_cast<double>(i) + 0.5) / static_cast<double>(ratio * bins));
    operand const along = f.reals({1, bins * ratio}, steps_of);
    operand const place = f.add(f.mul(f.sub(to, from), along), from);
    auto const limit = static_cast<double>(size);
    operand const inside = f("And", {f("GreaterOrEqual", {place, f.number(-1)}), f("LessOrEqual", {place, f.number(limit)})});
    auto taps = taps_of(f, f.clip(place, 0, limit - 1), "bilinear");
    for (auto& t : taps) {
        t.weight = f.mul(t.weight, f.typed(inside, dtype::f32));
        t.at = f.clip(t.at, 0, limit - 1);
    }
    return taps;
}

inline results import_roi_align(context& c) {
    steps const f{c};
    operand const &x = c.in(0), &regions = c.in(1);
    auto const ratio = c.integer("sampling_ratio", 0), high = c.integer("output_height", 1), wide = c.integer("output_width", 1);
    if (x.dims.size() != 4 || regions.dims.size() != 2 || ratio < 1 || ratio > 64 || c.text("mode", "avg") != "avg")
        throw unsupported{"'sampling_ratio' is " + std::to_string(ratio) +
                          "; averages of a fixed number of samples can be computed"};
    bool const half = c.opset() >= 16 && c.text("coordinate_transformation_mode", "half_pixel") == "half_pixel";
    operand const scaled = f.sub(f.mul(regions, f.number(c.real("spatial_scale", 1))), f.number(half ? 0.5 : 0));
    auto const n = regions.dims[0];
    auto const edge = [&](std::int64_t k) { return f.part(scaled, 1, k, k + 1); };
    auto const end = [&](std::int64_t k) {
        operand const e = edge(k + 2);
        return half ? e : f("Max", {e, f.add(edge(k), f.number(1))});
    };
    auto down = region_taps(c, edge(1), end(1), high, x.dims[2]), along = region_taps(c, edge(0), end(0), wide, x.dims[3]);
    for (auto& t : down) t = {f.shaped(t.at, {n, high * ratio, 1}), f.shaped(t.weight, {n, high * ratio, 1})};
    for (auto& t : along) t = {f.shaped(t.at, {n, 1, wide * ratio}), f.shaped(t.weight, {n, 1, wide * ratio})};
    operand const image = f.shaped(f.typed(c.in(2), dtype::f32), {n, 1, 1});
    operand const first = f.mul(image, f.number(static_cast<double>(x.dims[2] * x.dims[3])));
    operand const y = f.transpose(weighted_pixels(f, pixel_rows(f, x), first, x.dims[3], down, along), {0, 3, 1, 2});
    std::vector<std::int64_t> const window{ratio, ratio};
    return {f("AveragePool", {y}, {{"kernel_shape", window}, {"strides", window}})};
}

} // namespace detail

TPU_CONVERT_INLINE std::span<importer const> sampling_importers() {
    using namespace detail;
    static constexpr importer table[] = {
        {"GridSample", import_grid_sample},
        {"RoiAlign", import_roi_align},
    };
    return table;
}

} // namespace tpu_convert::onnx_import
