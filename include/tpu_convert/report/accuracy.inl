// Figures and histograms of tensors.
#pragma once
#include <algorithm>
#include <cmath>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/report/accuracy.hpp>

namespace tpu_convert::report {

namespace detail {

inline constexpr std::size_t histogram_bins = 120;

// Rounding to steps of width s is noise of variance s^2 / 12.
TPU_CONVERT_INLINE page_range measure_range(tensor const& t, stored_range const& r) {
    page_range out{r.threshold, r.min, r.max, 0, 0, r.step, 0, 0, 0};
    double energy = 0, lost = 0, outside = 0, finite = 0;
    for (double const x : t.values()) {
        if (!std::isfinite(x)) continue;
        double const beyond = x < r.low - r.step / 2 ? r.low - x : x > r.high + r.step / 2 ? x - r.high : 0;
        finite += 1, energy += x * x, lost += beyond * beyond, outside += beyond > 0;
        out.largest = std::max(out.largest, std::abs(x));
    }
    if (finite == 0) return out;
    out.clipped = outside / finite, out.typical = std::sqrt(energy / finite);
    if (energy > 0) out.clip_noise = lost / energy, out.round_noise = finite * r.step * r.step / 12 / energy;
    return out;
}

TPU_CONVERT_INLINE page_histogram histogram_of(std::string name, tensor const& t, stored_range const& r) {
    page_histogram h{std::move(name), r.low, r.high, std::vector<std::size_t>(histogram_bins), {r.low, r.high}};
    for (double const x : t.values())
        if (std::isfinite(x)) h.low = std::min(h.low, x), h.high = std::max(h.high, x);
    double const width = h.high - h.low;
    if (!(width > 0)) return h;
    for (double const x : t.values())
        if (std::isfinite(x))
            ++h.counts[std::min(histogram_bins - 1, static_cast<std::size_t>((x - h.low) / width * histogram_bins))];
    return h;
}

TPU_CONVERT_INLINE std::vector<double> visible_errors(page const& p) {
    std::vector<double> own(p.tensors.size(), 0), seen(p.tensors.size(), 0);
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (p.tensors[i].close) own[i] = 1 - p.tensors[i].close->cosine;
        for (auto const o : p.tensors[i].operands) seen[o] = std::max(seen[o], p.tensors[i].close ? own[i] : 2);
    }
    for (std::size_t i = 0; i < own.size(); ++i)
        if (!p.tensors[i].is_output) own[i] = std::min(own[i], seen[i]);
    return own;
}

TPU_CONVERT_INLINE void set_losses(page& p) {
    auto const errors = visible_errors(p);
    for (std::size_t i = 0; i < errors.size(); ++i) {
        double before = 0;
        for (auto const o : p.tensors[i].operands) before = std::max(before, errors[o]);
        p.tensors[i].loss = std::max(0.0, errors[i] - before);
    }
}

} // namespace detail

TPU_CONVERT_INLINE void add_accuracy(page& p, accuracy_data const& data, std::size_t pictures) {
    for (auto& t : p.tensors) {
        auto const real = data.real.find(t.name), quantized = data.quantized.find(t.name);
        if (real == data.real.end()) continue;
        if (quantized != data.quantized.end() && quantized->second.size() == real->second.size())
            t.close = compare(quantized->second, real->second);
        if (auto const r = data.ranges.find(t.name); r != data.ranges.end())
            t.range = detail::measure_range(real->second, r->second);
    }
    detail::set_losses(p);
    for (auto const i : greatest_losses(p, pictures))
        if (auto const r = data.ranges.find(p.tensors[i].name); r != data.ranges.end())
            p.histograms.push_back(detail::histogram_of(p.tensors[i].name, data.real.at(p.tensors[i].name), r->second));
}

TPU_CONVERT_INLINE std::vector<std::size_t> greatest_losses(page const& p, std::size_t most) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < p.tensors.size(); ++i)
        if (p.tensors[i].loss > 1e-7) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return p.tensors[a].loss > p.tensors[b].loss; });
    order.resize(std::min(order.size(), most));
    return order;
}

} // namespace tpu_convert::report
