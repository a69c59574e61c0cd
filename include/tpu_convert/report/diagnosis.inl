// Why a tensor fell: its noise against the noise that clipping and rounding explain.
#pragma once
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <tpu_convert/report/accuracy.hpp>

namespace tpu_convert::report {

namespace detail {

// Cosines below 1 by e mean noise of about 2 e of the signal's energy.
TPU_CONVERT_INLINE double noise_of(page_tensor const& t) { return 2 * (1 - t.close->cosine); }

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
    if (t.range && std::max(t.range->clip_noise, t.range->round_noise) >= 0.25 * noise_of(t)) {
        blame_range(t, f);
        return;
    }
    auto const worst = worst_before(p, f.tensor);
    if (worst != f.tensor && t.loss < 0.5 * (1 - t.close->cosine)) {
        auto const& w = p.tensors[worst];
        f.cause = fmt::format("the errors of the operators before it have added up; {} ({}) loses most of them, {:.4f}", w.name,
                              w.operation, w.loss);
        f.culprit = w.name, f.remedy = "keep that one in floating point";
        if (w.range && std::max(w.range->clip_noise, w.range->round_noise) >= 0.25 * noise_of(w)) {
            fall other;
            blame_range(w, other);
            f.cause += "; " + other.cause;
        }
        return;
    }
    f.cause = "rounding of its weights or inside its operator";
}

} // namespace detail

TPU_CONVERT_INLINE std::optional<fall> first_fall(page const& p, compare_rules const& limits) {
    for (std::size_t i = 0; i < p.tensors.size(); ++i) {
        auto const& t = p.tensors[i];
        if (!t.close || t.close->equal || (t.close->cosine > limits.cosine && t.close->euclidean > limits.euclidean)) continue;
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
