// One pass over all samples, and a second one for tensors that need it.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/quantize/channel_formats.hpp>
#include <tpu_convert/quantize/statistics_collector.hpp>
#include <utility>

namespace tpu_convert {

namespace detail {

inline constexpr std::size_t not_an_entry = std::numeric_limits<std::size_t>::max();
inline constexpr std::size_t most_growth = 16; // of a histogram, over its first number of bins

inline float bin_width(float magnitude, std::size_t bins) { return magnitude / static_cast<float>(bins - 1); }

// The elements that are finite; `store` keeps them if there are others.
inline std::span<float const> finite_values(tensor const& t, value_range const& range, std::vector<float>& store) {
    if (range.not_finite == 0) return t.values();
    for (float const v : t.values())
        if (std::isfinite(v)) store.push_back(v);
    return store;
}

} // namespace detail

TPU_CONVERT_INLINE statistics_collector::statistics_collector(graph const& g, threshold_method_info const& method,
                                                              std::size_t bins)
    : method_(method), bins_(bins), places_(g.size()), graph_(g) {
    auto const apart = values_with_channels_apart(g);
    for (auto const v : g.order()) {
        places_[v].assign(g[v].results.size(), detail::not_an_entry);
        for (std::size_t i = 0; g[v].kind != node_kind::weight && i < g[v].results.size(); ++i) {
            places_[v][i] = entries_.size();
            entries_.push_back({{v, i}, {}, apart.contains({v, i})});
        }
    }
    states_ = std::make_unique<shared_state[]>(entries_.size());
}

TPU_CONVERT_INLINE auto statistics_collector::find(graph::ref r) const -> entry const* {
    auto const at = places_[r.node][r.result];
    return at == detail::not_an_entry ? nullptr : &entries_[at];
}

TPU_CONVERT_INLINE void statistics_collector::run(sample_runner& runner, std::size_t samples,
                                                  decltype(sample_runner::stage::observe) const& also) {
    samples_ = samples;
    runner.run({"statistics",
                [&](std::size_t sample, graph::ref r, tensor const& t, bool channels_last) {
                    observe(runner, sample, r, t, channels_last);
                    if (also) also(sample, r, t, channels_last);
                },
                [this](std::size_t sample) { finish(sample); }},
               samples);
    bool again = false;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        auto& s = entries_[i].statistics;
        if (!states_[i].again) continue;
        s.counts = histogram(detail::bin_width(s.range.magnitude(), bins_));
        again = true;
    }
    if (!again) return;
    runner.run(
        {"second pass", [this](std::size_t sample, graph::ref r, tensor const& t, bool) { observe_again(sample, r, t); }, {}},
        samples);
}

TPU_CONVERT_INLINE void statistics_collector::count(std::size_t index, std::span<float const> values, value_range const& range,
                                                    std::size_t turn) {
    auto& counts = entries_[index].statistics.counts;
    float const width = counts.width();
    bool const too_small = width > 0 ? range.magnitude() / width > static_cast<float>(bins_ * detail::most_growth)
                                     : range.magnitude() > 0;
    if (too_small) states_[index].again = true;
    else counts.count(values, range, histogram::share_counted(values.size(), samples_), turn);
}

TPU_CONVERT_INLINE value_range statistics_collector::range_at(std::size_t index, std::size_t sample, tensor const& t,
                                                              bool channels_last) {
    auto const& e = entries_[index];
    if (!e.channels_apart) return range_of(t.values());
    std::vector<channel_range> channels;
    auto const range = range_of_channels(t.values(), graph_[e.value].dims, channels_last, channels);
    std::lock_guard const lock(pending_mutex_);
    if (!channels.empty()) pending_[sample].channels.emplace(index, std::move(channels));
    return range;
}

TPU_CONVERT_INLINE void statistics_collector::observe(sample_runner& runner, std::size_t sample, graph::ref r, tensor const& t,
                                                      bool channels_last) {
    auto const index = places_[r.node][r.result];
    auto& state = states_[index];
    auto& s = entries_[index].statistics;
    auto const range = range_at(index, sample, t, channels_last);
    if (method_.counts_values && !state.has_width &&
        runner.wait_to_be_first(sample, [&] { return state.has_width.load(); })) {
        s.counts = histogram(detail::bin_width(range.magnitude(), bins_));
        state.has_width = true;
        runner.announce();
    }
    std::vector<float> store;
    auto const values = detail::finite_values(t, range, store);
    double const threshold = method_.of_sample && range.count ? method_.of_sample(values, range, 8) : 0;
    if (method_.of_sample) {
        std::lock_guard const lock(pending_mutex_);
        auto& thresholds = pending_[sample].thresholds;
        thresholds.resize(entries_.size());
        thresholds[index] = threshold;
    }
    std::lock_guard const lock(state.mutex);
    s.range.add(range);
    if (method_.counts_values) count(index, values, range, sample);
}

TPU_CONVERT_INLINE void statistics_collector::observe_again(std::size_t sample, graph::ref r, tensor const& t) {
    auto const index = places_[r.node][r.result];
    auto& state = states_[index];
    if (!state.again) return;
    auto& s = entries_[index].statistics;
    auto const range = range_of(t.values());
    std::vector<float> store;
    auto const values = detail::finite_values(t, range, store);
    std::lock_guard const lock(state.mutex);
    s.counts.count(values, range, histogram::share_counted(values.size(), samples_), sample);
}

TPU_CONVERT_INLINE void statistics_collector::finish(std::size_t sample) {
    std::lock_guard const lock(pending_mutex_);
    auto const found = pending_.find(sample);
    if (found == pending_.end()) return;
    auto const& [thresholds, channels] = found->second;
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
        entries_[i].statistics.sum += thresholds[i];
        ++entries_[i].statistics.samples;
    }
    for (auto const& [index, ranges] : channels) entries_[index].channels.add(ranges);
    pending_.erase(found);
}

} // namespace tpu_convert
