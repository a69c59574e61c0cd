// Operators that are a constant, or one beside a constant.
#pragma once
#include <algorithm>
#include <cmath>
#include <tpu_convert/op/composed/formula.hpp>
#include <tpu_convert/op/composed/registry.hpp>

namespace tpu_convert::op {

namespace composing {

// How scales and zero points lie beside x: one for each element of an axis, or one.
inline shape scale_shape(formula const& f, term x, std::int64_t axis, std::vector<double> const& scale,
                         std::vector<std::int64_t> const& zero) {
    f.require(!scale.empty() && (zero.empty() || zero.size() == scale.size()), "scales and zero points are not of one length");
    shape dims(f.dims(x).size(), 1);
    if (scale.size() == 1) return dims;
    axis = f.axis_in(x, axis);
    f.require(std::ssize(scale) == f.dim(x, axis), "the scales do not fit the axis");
    dims[static_cast<std::size_t>(axis)] = f.dim(x, axis);
    return dims;
}

} // namespace composing

// Division by what is no power of two is rounded, on a chip not always to the nearest number.
TPU_CONVERT_INLINE void quantize_linear::compose(attributes const& a, composition& c) {
    formula const f{c};
    composition::exact_scope const exact(c);
    term const x = f.real(c.operand(0));
    shape const dims = composing::scale_shape(f, x, a.axis, a.y_scale, a.y_zero_point);
    int exponent = 0;
    bool const exact_inverse = std::all_of(a.y_scale.begin(), a.y_scale.end(),
                                           [&](double s) { return std::fabs(std::frexp(s, &exponent)) == 0.5; });
    std::vector<double> factors = a.y_scale;
    if (exact_inverse)
        for (auto& s : factors) s = 1 / s;
    term const scales = c.constant(dims, std::move(factors));
    term y = f.round(exact_inverse ? f.mul(x, scales) : f.div(x, scales));
    if (!a.y_zero_point.empty()) y = f.add(y, c.constant(dims, {a.y_zero_point.begin(), a.y_zero_point.end()}));
    bool const positive = has_unsigned_result(a);
    c.result(f.clip(y, positive ? 0 : -128, positive ? 255 : 127));
}

TPU_CONVERT_INLINE void dequantize_linear::compose(attributes const& a, composition& c) {
    formula const f{c};
    term const x = f.real(c.operand(0));
    shape const dims = composing::scale_shape(f, x, a.axis, a.x_scale, a.x_zero_point);
    if (std::all_of(a.x_zero_point.begin(), a.x_zero_point.end(), [](auto z) { return z == 0; }))
        return c.result(f.mul(x, c.constant(dims, a.x_scale)));
    std::vector<double> const zero(a.x_zero_point.begin(), a.x_zero_point.end());
    term const centred = [&] {
        composition::exact_scope const exact(c);
        return f.sub(x, c.constant(dims, zero));
    }();
    c.result(f.mul(centred, c.constant(dims, a.x_scale)));
}

namespace composing {

// Widths and heights of the boxes around one centre.
inline std::vector<std::pair<double, double>> prior_sizes(prior_box::attributes const& a) {
    std::vector<std::pair<double, double>> sizes;
    for (std::size_t s = 0; s < a.min_size.size(); ++s) {
        double const least = std::trunc(a.min_size[s]);
        if (a.use_default_aspect_ratio) sizes.emplace_back(least, least);
        if (s < a.max_size.size()) {
            double const between = std::sqrt(least * std::trunc(a.max_size[s]));
            sizes.emplace_back(between, between);
        }
        for (double const ratio : a.aspect_ratios)
            if (std::fabs(ratio - 1) >= 1e-6) sizes.emplace_back(least * std::sqrt(ratio), least / std::sqrt(ratio));
    }
    return sizes;
}

} // namespace composing

TPU_CONVERT_INLINE void prior_box::compose(attributes const& a, composition& c) {
    formula const f{c};
    f.require(c.operand_count() == 2 && f.rank(c.operand(0)) == 4 && f.rank(c.operand(1)) == 4 && a.variance.size() == 4,
              "a feature map and an image are needed, and four variances");
    auto const height = f.dim(c.operand(0), 2), width = f.dim(c.operand(0), 3);
    bool const own = a.img_h > 0 && a.img_w > 0, stepped = a.step_h != 0 && a.step_w != 0;
    double const image_h = static_cast<double>(own ? a.img_h : f.dim(c.operand(1), 2)),
                 image_w = static_cast<double>(own ? a.img_w : f.dim(c.operand(1), 3));
    double const step_h = stepped ? a.step_h : image_h / static_cast<double>(height),
                 step_w = stepped ? a.step_w : image_w / static_cast<double>(width);
    auto const sizes = composing::prior_sizes(a);
    f.require(!sizes.empty() && height * width * std::ssize(sizes) <= 1 << 24, "there are no boxes, or more than 2^24");
    std::vector<double> boxes, variances;
    for (std::int64_t i = 0; i < height * width; ++i)
        for (auto const& [w, h] : sizes) {
            double const x = (static_cast<double>(i % width) + a.offset) * step_w,
                         y = (static_cast<double>(i / width) + a.offset) * step_h;
            for (double const edge : {(x - w / 2) / image_w, (y - h / 2) / image_h, (x + w / 2) / image_w, (y + h / 2) / image_h})
                boxes.push_back(a.clip ? std::clamp(edge, 0.0, 1.0) : edge);
            variances.insert(variances.end(), a.variance.begin(), a.variance.end());
        }
    auto const count = std::ssize(boxes);
    boxes.insert(boxes.end(), variances.begin(), variances.end());
    c.result(c.constant({1, 2, count}, std::move(boxes)));
}

TPU_CONVERT_INLINE void constant_fill::compose(attributes const& a, composition& c) {
    formula const f{c};
    shape const dims = c.known_integers(0, "the shape");
    for (auto const d : dims) f.require(d >= 0 && d <= std::int64_t{1} << 28, "a size is negative or above 2^28");
    c.result(f.filled(dims, a.value));
}

} // namespace tpu_convert::op
