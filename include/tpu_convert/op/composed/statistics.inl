// Normalizations with their statistics, and gradients.
#pragma once
#include <numeric>
#include <tpu_convert/op/composed/formula.hpp>
#include <tpu_convert/op/composed/registry.hpp>

namespace tpu_convert::op {

namespace composing {

inline term mean(formula const& f, term x, std::vector<std::int64_t> const& axes) {
    return f.reduce(reduce_mode::mean, x, axes, true);
}
inline term sum(formula const& f, term x, std::vector<std::int64_t> const& axes) {
    return f.reduce(reduce_mode::sum, x, axes, true);
}

// Axes begin to end - 1.
inline std::vector<std::int64_t> axes_from(std::int64_t begin, std::int64_t end) {
    std::vector<std::int64_t> axes(static_cast<std::size_t>(std::max<std::int64_t>(0, end - begin)));
    std::iota(axes.begin(), axes.end(), begin);
    return axes;
}
inline std::vector<std::int64_t> all_but_channels(std::int64_t rank) {
    auto axes = axes_from(1, rank);
    if (!axes.empty()) axes[0] = 0;
    return axes;
}
// A list with one entry for each channel, beside [N, C, ...].
inline term as_channels(formula const& f, term list, std::int64_t rank, std::int64_t channels) {
    shape dims(static_cast<std::size_t>(rank), 1);
    dims[1] = channels;
    return f.shaped(list, dims);
}

struct moments {
    term mean, centred, variance;
};
inline moments moments_of(formula const& f, term x, std::vector<std::int64_t> const& axes) {
    term const mu = mean(f, x, axes), centred = f.sub(x, mu);
    return {mu, centred, mean(f, f.mul(centred, centred), axes)};
}
inline term reciprocal_deviation(formula const& f, term variance, double eps) { return f.rsqrt(f.add(variance, eps)); }

inline term affine(formula const& f, term x, term weight, term bias) {
    if (weight) x = f.mul(x, weight);
    return bias ? f.add(x, bias) : x;
}

// old (1 - momentum) + fresh momentum
inline term running(formula const& f, term old, term fresh, double momentum) {
    return f.add(f.mul(old, 1 - momentum), f.mul(fresh, momentum));
}

} // namespace composing

TPU_CONVERT_INLINE void normalize::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0), scale = c.operand(1);
    auto const rank = f.rank(x);
    f.require(rank >= 2, "there is no channel axis");
    f.require(element_count(f.dims(scale)) == (a.channel_shared ? 1 : f.dim(x, 1)), "scale does not fit channel_shared");
    auto const axes = a.across_spatial ? composing::axes_from(1, rank) : std::vector<std::int64_t>{1};
    term const y = f.mul(x, f.rsqrt(f.add(composing::sum(f, f.mul(x, x), axes), 1e-10)));
    c.result(f.mul(y, composing::as_channels(f, scale, rank, element_count(f.dims(scale)))));
}

TPU_CONVERT_INLINE void variance::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    auto axes = a.reduce_list;
    if (axes.empty()) axes = composing::axes_from(0, f.rank(x));
    double count = 1;
    shape kept;
    for (auto& i : axes) count *= static_cast<double>(f.dim(x, i)), i = f.axis_in(x, i);
    f.require(count > a.correction, "correction takes all elements away");
    for (std::int64_t i = 0; i < f.rank(x); ++i)
        if (std::find(axes.begin(), axes.end(), i) == axes.end()) kept.push_back(f.dim(x, i));
        else if (a.keep_dims) kept.push_back(1);
    auto const m = composing::moments_of(f, x, axes);
    c.result(f.shaped(f.mul(m.variance, count / (count - a.correction)), kept));
}

TPU_CONVERT_INLINE void mean_rstd::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    auto const rank = f.rank(x), channels = f.dim(x, 1), count = element_count(f.dims(x)) / std::max<std::int64_t>(1, channels);
    f.require(count > 1, "one element has no variance");
    auto const m = composing::moments_of(f, x, composing::all_but_channels(rank));
    term const rstd = composing::reciprocal_deviation(f, m.variance, a.eps);
    auto const channel = [&](std::size_t i) { return composing::as_channels(f, c.operand(i), rank, channels); };
    auto const like = [&](std::size_t i, term t) { c.result(f.shaped(t, f.dims(c.operand(i)))); };
    double const n = static_cast<double>(count);
    term const scale = f.mul(channel(3), rstd);
    like(1, m.mean), like(2, rstd);
    like(1, composing::running(f, channel(1), m.mean, a.momentum));
    like(2, composing::running(f, channel(2), f.mul(m.variance, n / (n - 1)), a.momentum));
    c.result(f.shaped(scale, {1, channels, 1, 1}));
    c.result(f.shaped(f.sub(channel(4), f.mul(m.mean, scale)), {1, channels, 1, 1}));
}

TPU_CONVERT_INLINE void batch_norm_train::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    auto const rank = f.rank(x), channels = f.dim(x, 1);
    auto const m = composing::moments_of(f, x, composing::all_but_channels(rank));
    term const rstd = composing::reciprocal_deviation(f, m.variance, a.epsilon);
    auto const channel = [&](std::size_t i) {
        return c.has(i) ? composing::as_channels(f, c.operand(i), rank, channels) : term{};
    };
    auto const like = [&](std::size_t i, term t) { c.result(f.shaped(t, f.dims(c.operand(i)))); };
    term const y = composing::affine(f, f.mul(m.centred, rstd), channel(3), channel(4));
    c.result(a.do_relu ? c.make<relu>({.relu_limit = a.relu_limit}, {y}) : y);
    like(1, m.mean), like(1, rstd);
    like(1, composing::running(f, channel(1), m.mean, a.momentum));
    like(1, composing::running(f, channel(2), m.variance, a.momentum));
}

TPU_CONVERT_INLINE void group_norm_train::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    auto const rank = f.rank(x), channels = f.dim(x, 1), n = f.dim(x, 0);
    f.require(a.num_groups > 0 && channels % a.num_groups == 0, "num_groups does not divide the channels");
    term const rows = f.shaped(x, {n, a.num_groups, element_count(f.dims(x)) / std::max<std::int64_t>(1, n * a.num_groups)});
    auto const m = composing::moments_of(f, rows, {2});
    term const rstd = composing::reciprocal_deviation(f, m.variance, a.eps);
    auto const channel = [&](std::size_t i) {
        return c.has(i) ? composing::as_channels(f, c.operand(i), rank, channels) : term{};
    };
    c.result(composing::affine(f, f.shaped(f.mul(m.centred, rstd), f.dims(x)), channel(1), channel(2)));
    c.result(f.shaped(m.mean, {n, a.num_groups}));
    c.result(f.shaped(rstd, {n, a.num_groups}));
}

TPU_CONVERT_INLINE void layer_norm_train::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = c.operand(0);
    auto const axes = composing::axes_from(f.axis_in(x, a.axis), f.rank(x));
    auto const m = composing::moments_of(f, x, axes);
    term const rstd = composing::reciprocal_deviation(f, m.variance, a.eps);
    c.result(composing::affine(f, f.mul(m.centred, rstd), c.operand(1), c.operand(2)));
    c.result(m.mean);
    c.result(rstd);
}

TPU_CONVERT_INLINE void batch_norm_bwd::compose(attributes const&, composition& c) {
    formula const f{c};
    f.require(c.has(3) && c.has(4), "the saved mean and 1 / deviation are needed");
    term const g = c.operand(0), x = c.operand(1);
    auto const rank = f.rank(x), channels = f.dim(x, 1);
    auto const axes = composing::all_but_channels(rank);
    auto const channel = [&](std::size_t i) { return composing::as_channels(f, c.operand(i), rank, channels); };
    term const rstd = channel(4), normal = f.mul(f.sub(x, channel(3)), rstd), product = f.mul(g, normal);
    term rest = f.sub(f.sub(g, composing::mean(f, g, axes)), f.mul(normal, composing::mean(f, product, axes)));
    rest = f.mul(rest, rstd);
    c.result(c.has(2) ? f.mul(rest, channel(2)) : rest);
    c.result(f.shaped(composing::sum(f, product, axes), {channels}));
    c.result(f.shaped(composing::sum(f, g, axes), {channels}));
}

TPU_CONVERT_INLINE void layer_norm_bwd::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const g = c.operand(0), x = c.operand(1);
    auto const rank = f.rank(x), first = rank - std::ssize(a.normalized_shape);
    f.require(first >= 0 && first < rank, "normalized_shape does not fit");
    auto const inner = composing::axes_from(first, rank), outer = composing::axes_from(0, first);
    shape lists = f.dims(x);
    for (auto i : inner) lists[static_cast<std::size_t>(i)] = 1;
    term const rstd = f.shaped(c.operand(3), lists), normal = f.mul(f.sub(x, f.shaped(c.operand(2), lists)), rstd);
    term const weighted = c.has(4) ? f.mul(g, c.operand(4)) : g;
    term const rest = f.sub(f.sub(weighted, composing::mean(f, weighted, inner)),
                            f.mul(normal, composing::mean(f, f.mul(weighted, normal), inner)));
    c.result(f.mul(rest, rstd));
    auto const summed = [&](term t) {
        return f.shaped(outer.empty() ? t : composing::sum(f, t, outer),
                        shape(a.normalized_shape.begin(), a.normalized_shape.end()));
    };
    c.result(summed(f.mul(g, normal)));
    c.result(summed(g));
}

TPU_CONVERT_INLINE void softmax_bwd::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const g = c.operand(0), y = c.operand(1);
    c.result(f.mul(y, f.sub(g, composing::sum(f, f.mul(g, y), {f.axis_in(y, a.dim)}))));
}

} // namespace tpu_convert::op
