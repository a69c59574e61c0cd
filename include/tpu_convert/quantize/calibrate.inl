// Statistics, thresholds, trials, table.
#pragma once
#include <algorithm>
#include <fmt/format.h>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/quantize/calibrate.hpp>
#include <tpu_convert/quantize/sample_runner.hpp>
#include <tpu_convert/quantize/statistics_collector.hpp>
#include <tpu_convert/quantize/threshold_method.hpp>
#include <tpu_convert/quantize/threshold_tuner.hpp>

namespace tpu_convert {

namespace detail {

inline threshold_method_info const& checked_method(calibrate_options const& o) {
    constexpr std::size_t fewest = 128, most = 131072;
    if (o.bins < fewest || o.bins > most)
        throw model_error{error_code::usage, "", fmt::format("{} bins; a histogram has {} to {}", o.bins, fewest, most)};
    if (auto const* m = find_threshold_method(o.method)) return *m;
    throw model_error{error_code::usage, o.method, "there is no such calibration method"};
}

inline void take_rows(graph const& g, statistics_collector const& collector, threshold_method_info const& method,
                      calibration& c) {
    for (auto const& e : collector.entries()) {
        auto const& name = g[e.value].name;
        auto const& range = e.statistics.range;
        if (range.not_finite)
            c.warnings.push_back(fmt::format("{}: {} values are not finite and are left out", name, range.not_finite));
        if (range.magnitude() == 0)
            c.warnings.push_back(fmt::format("{}: it is zero in all samples; its threshold is {}", name, least_threshold));
        c.table.rows.set(name, method.row(e.statistics, 8));
    }
}

inline void take_channels(graph const& g, statistics_collector const& collector, calibration_table& t) {
    for (auto const& e : collector.entries()) {
        auto const& name = g[e.value].name;
        auto ranges = e.channels.ranges(t.rows.find(name)->threshold);
        if (!ranges.empty()) t.channels.emplace(name, std::move(ranges));
    }
}

} // namespace detail

TPU_CONVERT_INLINE std::vector<std::string> activation_names(graph const& g) {
    std::vector<std::string> names;
    for (auto const v : g.order())
        for (auto const& r : g[v].results)
            if (g[v].kind != node_kind::weight) names.push_back(r.name);
    return names;
}

TPU_CONVERT_INLINE calibration calibrate(graph const& g, std::size_t samples, sample_source const& source,
                                         calibrate_options const& options) {
    auto const& method = detail::checked_method(options);
    if (samples == 0) throw model_error{error_code::input_mismatch, "", "the data set has no sample"};
    sample_runner runner(g, samples, source, options);
    statistics_collector collector(g, method, options.bins);
    threshold_tuner tuner(g, options);
    collector.run(runner, samples, [&](std::size_t sample, graph::ref r, tensor const& t, bool channels_last) {
        tuner.observe(sample, r, t, channels_last);
    });
    calibration c;
    c.used = runner.readable();
    for (auto const& why : runner.failures())
        if (!why.empty()) c.skipped.push_back(why);
    if (c.used == 0)
        throw model_error{error_code::file_damaged, "",
                          fmt::format("none of the {} samples can be read; the first: {}", samples, c.skipped[0])};
    detail::take_rows(g, collector, method, c);
    c.untuned = c.table.rows;
    if (options.tune) c.table.rows = tuner.tuned(c.untuned, runner.filters());
    detail::take_channels(g, collector, c.table);
    c.table.method = method.name;
    c.table.bins = static_cast<std::int64_t>(options.bins);
    c.table.samples = static_cast<std::int64_t>(c.used);
    c.table.tune = static_cast<std::int64_t>(std::min(options.tune, samples));
    return c;
}

} // namespace tpu_convert
