// Why a tensor fell: its noise against the noise that clipping and rounding explain.
#pragma once
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <tpu_convert/report/accuracy.hpp>

namespace tpu_convert::report {

namespace detail {

// Whether its range explains a quarter of its noise or more (a cosine below 1 by e means noise of about 2 e of the energy),
// and users see at least half of it.
TPU_CONVERT_INLINE bool range_explains(page const& p, std::size_t i) {
    auto const& t = p.tensors[i];
    double const error = 1 - t.close->cosine;
    return t.range && std::max(t.range->clip_noise, t.range->round_noise) >= 0.5 * error && visible_errors(p)[i] >= 0.5 * error;
}

TPU_CONVERT_INLINE std::size_t worst_before(page const& p, std::size_t last) {
    std::size_t worst = last;
    for (std::size_t i = 0; i < last; ++i)
        if (p.tensors[i].loss > p.tensors[worst].loss) worst = i;
    return worst;
}

TPU_CONVERT_INLINE void blame_range(page_tensor const& t, fall& f) {
    auto const& r = *t.range;
    if (r.clip_noise >= r.round_noise) {
        f.cause = fmt::format(
            "calibration clips it: {:.2f} % of its values lie outside of the threshold {:.4g}, the largest is {:.4g}",
            100 * r.clipped, r.threshold, r.largest);
        f.remedy = "calibrate again with --cali_method max or with more images, or keep it in floating point";
    } else {
        f.cause = fmt::format("8 bits are too coarse for it: neighbours are {:.4g} apart, its values are typically {:.4g}",
                              r.step, r.typical);
        f.remedy = "calibrate again with --cali_method mse, or keep it in floating point";
    }
}

TPU_CONVERT_INLINE void find_cause(page const& p, fall& f) {
    auto const& t = p.tensors[f.tensor];
    f.culprit = t.name;
    f.remedy = "keep it in floating point";
    if (!std::isfinite(t.close->max_abs)) {
        f.cause = "it holds infinite values or NaN where the float network has numbers";
        return;
    }
    if (t.loss > 0 && range_explains(p, f.tensor)) {
        blame_range(t, f);
        return;
    }
    auto const worst = worst_before(p, f.tensor);
    if (worst != f.tensor && p.tensors[worst].loss > t.loss) {
        auto const& w = p.tensors[worst];
        f.cause = fmt::format("the errors of the operators before it have added up; {} ({}) loses most of them, {:.4f}", w.name,
                              w.operation, w.loss);
        f.culprit = w.name, f.remedy = "keep that one in floating point";
        if (range_explains(p, worst)) {
            fall other;
            blame_range(w, other);
            f.cause += "; " + other.cause;
        }
        return;
    }
    f.cause = "rounding of its weights or inside its operator";
}

// Below the limits, and not healed by its users: one of them is below as well, and sees at least half of the error.
TPU_CONVERT_INLINE std::vector<bool> fallen(page const& p, compare_rules const& limits) {
    std::vector<bool> low(p.tensors.size()), passed_on(p.tensors.size());
    auto const visible = visible_errors(p);
    for (std::size_t i = 0; i < low.size(); ++i) {
        auto const& c = p.tensors[i].close;
        low[i] = c && !c->equal && !(c->cosine > limits.cosine && c->euclidean > limits.euclidean);
        for (auto const o : p.tensors[i].operands)
            if (low[i] || !c) passed_on[o] = true;
    }
    for (std::size_t i = 0; i < low.size(); ++i)
        if (low[i] && !p.tensors[i].is_output) low[i] = passed_on[i] && visible[i] >= 0.5 * (1 - p.tensors[i].close->cosine);
    return low;
}

} // namespace detail

TPU_CONVERT_INLINE std::optional<fall> first_fall(page const& p, compare_rules const& limits) {
    auto const fell = detail::fallen(p, limits);
    for (std::size_t i = 0; i < p.tensors.size(); ++i) {
        if (!fell[i]) continue;
        auto const& t = p.tensors[i];
        fall f;
        f.tensor = i;
        f.measured = fmt::format("cosine {:.4f} and euclidean {:.4f}, the limits are {:.4g} and {:.4g}", t.close->cosine,
                                 t.close->euclidean, limits.cosine, limits.euclidean);
        detail::find_cause(p, f);
        return f;
    }
    return std::nullopt;
}

TPU_CONVERT_INLINE std::string fall::sentence(page const& p) const {
    auto const& t = p.tensors[tensor];
    return fmt::format("{} ({}) is the first tensor that falls: {}; {}; {}", t.name, t.operation, measured, cause, remedy);
}

} // namespace tpu_convert::report
