// Similarity figures, summed in double.
#pragma once
#include <algorithm>
#include <cmath>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/report/compare.hpp>
#include <utility>

namespace tpu_convert {

namespace detail {

struct similarity_sums {
    double n = 0, xy = 0, xx = 0, yy = 0, y = 0, noise = 0, noise2 = 0, middle2 = 0, largest = 0, relative = 0;
    bool equal = true, broken = false;
};

TPU_CONVERT_INLINE similarity_sums sum_up(std::span<float const> x, std::span<float const> reference) {
    similarity_sums s;
    for (std::size_t i = 0; i < x.size(); ++i) {
        double const a = x[i], b = reference[i];
        bool const finite = std::isfinite(a) && std::isfinite(b);
        if (!finite) {
            bool const same = a == b || (std::isnan(a) && std::isnan(b));
            s.equal &= same, s.broken |= !same;
            continue;
        }
        double const d = a - b, m = (a + b) / 2;
        s.n += 1, s.xy += a * b, s.xx += a * a, s.yy += b * b, s.y += b;
        s.noise += d, s.noise2 += d * d, s.middle2 += m * m;
        s.equal &= d == 0;
        s.largest = std::max(s.largest, std::abs(d));
        double const over = std::abs(d) - 1e-8;
        if (over > 0) s.relative = std::max(s.relative, b != 0 ? over / std::abs(b) : 1.0);
    }
    return s;
}

} // namespace detail

TPU_CONVERT_INLINE similarity compare(std::span<float const> x, std::span<float const> reference) {
    auto const s = detail::sum_up(x, reference);
    similarity r;
    r.equal = s.equal;
    r.max_abs = s.broken ? std::numeric_limits<double>::infinity() : s.largest;
    if (s.equal) {
        r.close_order = 5;
        return r;
    }
    if (s.broken) {
        r.cosine = r.euclidean = 0;
        r.sqnr = -std::numeric_limits<double>::infinity();
        return r;
    }
    r.cosine = s.xx > 0 && s.yy > 0 ? s.xy / (std::sqrt(s.xx) * std::sqrt(s.yy)) : 0;
    r.euclidean = 1 - std::sqrt(s.noise2) / (std::sqrt(s.middle2) + 1e-7);
    double const signal = s.yy - s.y * s.y / s.n, noise = s.noise2 - s.noise * s.noise / s.n;
    if (noise > 0) r.sqnr = 10 * std::log10(std::max(signal, 0.0) / noise);
    for (int n = 5; n >= 2 && !r.close_order; --n)
        if (s.relative <= std::pow(10.0, -n)) r.close_order = n;
    return r;
}

TPU_CONVERT_INLINE similarity compare(tensor const& x, tensor const& reference) {
    if (x.size() != reference.size())
        throw model_error{error_code::shape_mismatch, "",
                          "tensors of shapes " + to_string(x.shape()) + " and " + to_string(reference.shape()) +
                              " cannot be compared"};
    return compare(x.values(), reference.values());
}

TPU_CONVERT_INLINE comparison judge(std::string name, tensor const& x, tensor const& reference, compare_rules const& rules,
                                    dtype type) {
    comparison row{std::move(name), match::not_match, false, {}, reference.shape(), std::string(info(type).name)};
    if (x.size() != reference.size()) {
        row.figures = no_similarity;
        return row;
    }
    std::size_t slices = 1;
    if (rules.axis >= 0 && rules.axis < static_cast<std::int64_t>(reference.rank()))
        for (std::int64_t d = 0; d <= rules.axis; ++d)
            slices *= static_cast<std::size_t>(reference.dim(static_cast<std::size_t>(d)));
    std::size_t const length = slices ? x.values().size() / slices : 0;
    bool first = true;
    for (std::size_t k = 0; k < slices; ++k) {
        auto const f = compare(x.values().subspan(k * length, length), reference.values().subspan(k * length, length));
        if (first || f.cosine < row.figures.cosine) row.figures = f;
        first = false;
        row.figures.equal &= f.equal;
        row.figures.close_order = std::min(row.figures.close_order, f.close_order);
    }
    auto const& f = row.figures;
    bool const exact = rules.int8_exact && type == dtype::i8;
    if (f.equal) row.level = match::equal;
    else if (exact) row.level = match::not_equal;
    else if (f.close_order >= 3) row.level = match::close;
    else row.level = f.cosine > rules.cosine && f.euclidean > rules.euclidean ? match::similar : match::not_similar;
    row.passed = row.level <= match::similar;
    return row;
}

} // namespace tpu_convert
