// Operators that read images at computed places: rows of pixels are gathered and weighted.
#pragma once
#include <tpu_convert/op/composed/formula.hpp>
#include <tpu_convert/op/composed/registry.hpp>

namespace tpu_convert::op {

namespace composing {

enum class outside { zeros, border, reflection };

// One of the pixels that a place is made of along an axis; without a weight it is 1.
struct sample {
    term at, weight;
};
struct sampled_axis {
    std::int64_t size;
    outside rule;
    bool align_corners;
};

// ((p3 d + p2) d + p1) d + p0
inline term cubic(formula const& f, term d, double p3, double p2, double p1, double p0) {
    return f.add(f.mul(f.add(f.mul(f.add(f.mul(d, p3), p2), d), p1), d), p0);
}

// mode 0: two neighbours, 1: the nearest, 2: four, weighted by the cubic of the parameter -0.75.
inline std::vector<sample> samples_of(formula const& f, term place, std::int64_t mode) {
    if (mode == 1) return {{f.round(place), {}}};
    term const low = f.floor(place), t = f.sub(place, low);
    if (mode == 0) return {{low, f.sub_from(1, t)}, {f.add(low, 1), t}};
    double const a = -0.75;
    auto const near = [&](term d) { return cubic(f, d, a + 2, -(a + 3), 0, 1); };
    auto const far = [&](term d) { return cubic(f, d, a, -5 * a, 8 * a, -4 * a); };
    return {{f.add(low, -1), far(f.add(t, 1))}, {low, near(t)}, {f.add(low, 1), near(f.sub_from(1, t))},
            {f.add(low, 2), far(f.sub_from(2, t))}};
}

inline term inside(formula const& f, term at, double low, double high) {
    return f.mul(f.compare(compare_mode::greater_or_equal, at, low), f.compare(compare_mode::less_or_equal, at, high));
}

// Places outside are mirrored, or have the weight 0; all end within the image.
inline void keep_in_image(formula const& f, std::vector<sample>& samples, sampled_axis const& a) {
    auto const last = static_cast<double>(a.size - 1);
    for (auto& s : samples) {
        double const first = a.align_corners ? 0 : -0.5, span = a.align_corners ? last : last + 1;
        if (a.rule == outside::reflection && span > 0) {
            // |x - first| falls back from every second span.
            term const away = f.abs(f.add(s.at, -first));
            term const rest = f.sub(away, f.mul(f.floor(f.mul(away, 0.5 / span)), 2 * span));
            s.at = f.sub_from(first + span, f.abs(f.add(rest, -span)));
        } else if (a.rule == outside::zeros) {
            term const counts = inside(f, s.at, -0.5, last + 0.5);
            s.weight = s.weight ? f.mul(s.weight, counts) : counts;
        }
        s.at = f.clip(s.at, 0, last);
    }
}

// [N, C, spatial axes] as rows of channels.
inline term pixel_rows(formula const& f, term x) {
    std::vector<std::int64_t> order{0};
    std::int64_t count = f.dim(x, 0);
    for (std::int64_t i = 2; i < f.rank(x); ++i) order.push_back(i), count *= f.dim(x, i);
    order.push_back(1);
    return f.shaped(f.turned(x, order), {count, f.dim(x, 1)});
}

// Samples of an axis and of the one within it, of `size`, as samples of both.
inline std::vector<sample> across(formula const& f, std::vector<sample> const& outer, std::vector<sample> const& inner,
                                  std::int64_t size) {
    std::vector<sample> both;
    for (auto const& y : outer)
        for (auto const& x : inner)
            both.push_back({f.add(f.mul(y.at, static_cast<double>(size)), x.at),
                            !y.weight ? x.weight : !x.weight ? y.weight : f.mul(y.weight, x.weight)});
    return both;
}

// The sum of the weighted pixels, channels last. `first` is the row that each image begins with.
inline term weighted(composition& c, term rows, term first, std::vector<sample> const& samples) {
    formula const f{c};
    f.require(f.dim(rows, 0) <= std::int64_t{1} << 24, "the images have more than 2^24 pixels");
    shape dims;
    term sum;
    for (auto const& s : samples) {
        term const index = [&] {
            composition::exact_scope const exact(c);
            return f.index(f.add(s.at, first));
        }();
        dims = f.dims(index);
        term pixel = f.rows(rows, f.shaped(index, {element_count(dims)}));
        if (s.weight) pixel = f.mul(pixel, f.shaped(s.weight, {element_count(dims), 1}));
        sum = sum ? f.add(sum, pixel) : pixel;
    }
    dims.push_back(f.dim(rows, 1));
    return f.shaped(sum, dims);
}

inline term image_starts(formula const& f, term x, std::int64_t rank) {
    double size = 1;
    for (std::int64_t i = 2; i < f.rank(x); ++i) size *= static_cast<double>(f.dim(x, i));
    return f.ramp(f.dim(x, 0), 0, rank, 0, size);
}

} // namespace composing

TPU_CONVERT_INLINE void grid_sampler::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0), grid = c.operand(1);
    auto const rank = f.rank(x), axes = rank - 2;
    f.require((rank == 4 || rank == 5) && f.rank(grid) == rank && f.dim(grid, rank - 1) == axes && f.dim(grid, 0) == f.dim(x, 0),
              "images [N, C, H, W] and a grid [N, h, w, 2] are needed, or volumes and a grid of one axis more");
    f.require(a.mode >= 0 && a.mode <= 2 && a.padding_mode >= 0 && a.padding_mode <= 2, "mode and padding_mode are 0, 1 or 2");
    f.require(a.mode != 2 || rank == 4, "volumes have no cubic mode");
    auto const rule = static_cast<composing::outside>(a.padding_mode);
    auto const samples = [&](std::int64_t axis) {
        auto const size = f.dim(x, axis + 2);
        double const n = static_cast<double>(size);
        term const g = f.add(f.at(grid, rank - 1, axes - 1 - axis), 1); // coordinates begin with the last axis
        auto made = composing::samples_of(
            f, a.align_corners ? f.mul(g, (n - 1) / 2) : f.add(f.mul(g, n / 2), -0.5), a.mode);
        composing::keep_in_image(f, made, {size, rule, a.align_corners});
        return made;
    };
    auto const all = [&] {
        composition::exact_scope const exact(c);
        auto made = samples(0);
        for (std::int64_t i = 1; i < axes; ++i) made = composing::across(f, made, samples(i), f.dim(x, i + 2));
        return made;
    }();
    term const y = composing::weighted(c, composing::pixel_rows(f, x), composing::image_starts(f, x, rank - 1), all);
    std::vector<std::int64_t> order{0, rank - 1};
    for (std::int64_t i = 1; i < rank - 1; ++i) order.push_back(i);
    c.result(f.turned(y, order));
}

TPU_CONVERT_INLINE void roi_align::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0), regions = c.operand(1);
    auto const ratio = a.sampling_ratio, high = a.output_height, wide = a.output_width;
    f.require(f.rank(x) == 4 && f.rank(regions) == 2 && f.dim(regions, 1) == 5, "images and regions [n, 5] are needed");
    f.require(ratio >= 1 && ratio <= 64 && high > 0 && wide > 0 && a.mode != "Max",
              "means of a given number of samples (sampling_ratio) are composed");
    auto const n = f.dim(regions, 0);
    auto const samples = [&](std::int64_t from, std::int64_t bins, std::int64_t size, shape const& dims) {
        double const limit = static_cast<double>(size), count = static_cast<double>(bins * ratio);
        auto const edge = [&](std::int64_t k) {
            return f.add(f.mul(f.part(regions, 1, k, k + 1), a.spatial_scale), a.align_corners ? -0.5 : 0);
        };
        term const begin = edge(from), extent = f.sub(edge(from + 2), begin);
        term const length = a.align_corners ? extent : c.make<max_const>({.const_val = 1}, {extent});
        term const place = f.add(f.mul(length, f.ramp(bins * ratio, 1, 2, 0.5 / count, 1 / count)), begin);
        term const counts = composing::inside(f, place, -1, limit);
        auto made = composing::samples_of(f, f.clip(place, 0, limit - 1), 0);
        for (auto& s : made)
            s = {f.shaped(f.clip(s.at, 0, limit - 1), dims), f.shaped(f.mul(s.weight, counts), dims)};
        return made;
    };
    auto const [all, first] = [&] {
        composition::exact_scope const exact(c);
        auto const down = samples(2, high, f.dim(x, 2), {n, high * ratio, 1}),
                   along = samples(1, wide, f.dim(x, 3), {n, 1, wide * ratio});
        double const pixels = static_cast<double>(f.dim(x, 2) * f.dim(x, 3));
        return std::pair{composing::across(f, down, along, f.dim(x, 3)),
                         f.shaped(f.mul(f.part(regions, 1, 0, 1), pixels), {n, 1, 1})};
    }();
    term const y = f.turned(composing::weighted(c, composing::pixel_rows(f, x), first, all), {0, 3, 1, 2});
    avg_pool::attributes pool;
    pool.kernel_shape = pool.strides = {ratio, ratio};
    pool.pads = {0, 0, 0, 0};
    c.result(c.make<avg_pool>(pool, {y}));
}

namespace composing {

// A deformable convolution's taps, as columns [N oh ow, taps channels].
struct deformed_taps {
    composition& c;
    deform_conv2d::attributes const& a;
    std::int64_t out_h, out_w;

    std::int64_t dilation(std::size_t i) const { return a.dilations && a.dilations->size() == 2 ? (*a.dilations)[i] : 1; }
    // Where tap k lies along an axis without offsets: out * stride - pad + k * dilation.
    term regular(std::size_t axis, std::int64_t k) const {
        formula const f{c};
        auto const count = axis ? out_w : out_h;
        return f.ramp(count, static_cast<std::int64_t>(axis) + 1, 3, static_cast<double>(k * dilation(axis) - a.pads[axis]),
                      static_cast<double>(a.strides[axis]));
    }
    std::vector<sample> samples(std::int64_t plane, std::size_t axis, std::int64_t k, std::int64_t size) const {
        formula const f{c};
        auto made = samples_of(f, f.add(f.at(c.operand(2), 1, plane), regular(axis, k)), 0);
        keep_in_image(f, made, {size, outside::zeros, false});
        return made;
    }
    term column(term rows, term x, std::int64_t part, std::int64_t tap) const {
        formula const f{c};
        auto const kw = a.kernel_shape[1], taps = a.kernel_shape[0] * kw, plane = part * taps + tap;
        auto const all = [&] {
            composition::exact_scope const exact(c);
            return across(f, samples(2 * plane, 0, tap / kw, f.dim(x, 2)), samples(2 * plane + 1, 1, tap % kw, f.dim(x, 3)),
                          f.dim(x, 3));
        }();
        term const y = weighted(c, rows, image_starts(f, x, 3), all);
        if (!c.has(3)) return y;
        return f.mul(y, f.shaped(f.at(c.operand(3), 1, plane), {f.dim(x, 0), out_h, out_w, 1}));
    }
};

} // namespace composing

TPU_CONVERT_INLINE void deform_conv2d::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0), filter = c.operand(1), offset = c.operand(2);
    f.require(f.rank(x) == 4 && f.rank(filter) == 4 && f.rank(offset) == 4 && a.kernel_shape.size() == 2 &&
                  a.strides.size() == 2 && a.pads.size() == 4 && a.group > 0 && a.deform_group > 0,
              "images, a filter and offsets of four axes are needed");
    auto const n = f.dim(x, 0), channels = f.dim(x, 1), taps = a.kernel_shape[0] * a.kernel_shape[1], parts = a.deform_group,
               made = f.dim(filter, 0);
    f.require(taps > 0 && taps <= 121 && channels % parts == 0 && channels % a.group == 0 && made % a.group == 0 &&
                  f.dim(offset, 1) == 2 * parts * taps && f.dims(filter) == shape{made, channels / a.group, a.kernel_shape[0],
                                                                                  a.kernel_shape[1]},
              "filter and offsets do not fit");
    composing::deformed_taps const read{c, a, f.dim(offset, 2), f.dim(offset, 3)};
    std::vector<term> columns(static_cast<std::size_t>(taps));
    for (std::int64_t k = 0; k < taps; ++k) {
        std::vector<term> shares;
        for (std::int64_t p = 0; p < parts; ++p) {
            term const own = f.part(x, 1, p * channels / parts, (p + 1) * channels / parts);
            shares.push_back(read.column(composing::pixel_rows(f, own), own, p, k));
        }
        columns[static_cast<std::size_t>(k)] = f.joined(shares, 3);
    }
    term const all = f.stacked(columns, 3); // [N, oh, ow, taps, channels]
    auto const each = channels / a.group, size = n * read.out_h * read.out_w;
    std::vector<term> results;
    for (std::int64_t g = 0; g < a.group; ++g) {
        term const weight = f.part(filter, 0, g * made / a.group, (g + 1) * made / a.group);
        term const turned =
            f.shaped(f.turned(f.shaped(weight, {made / a.group, each, taps}), {2, 1, 0}), {taps * each, made / a.group});
        results.push_back(f.product(f.shaped(f.part(all, 4, g * each, (g + 1) * each), {size, taps * each}), turned));
    }
    term y = f.shaped(f.joined(results, 1), {n, read.out_h, read.out_w, made});
    if (c.has(4)) y = f.add(y, c.operand(4));
    y = f.turned(y, {0, 3, 1, 2});
    c.result(a.do_relu ? c.make<relu>({.relu_limit = a.relu_limit}, {y}) : y);
}

} // namespace tpu_convert::op
