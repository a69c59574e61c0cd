// Trials of thresholds.
#pragma once
#include <algorithm>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/quantize/threshold_tuner.hpp>
#include <tpu_convert/quantize/tuning_trial.hpp>

namespace tpu_convert {

TPU_CONVERT_INLINE threshold_tuner::threshold_tuner(graph const& g, calibration_rows const& rows) : graph_(g), rows_(rows) {
    for (auto const v : g.order())
        for (std::size_t i = 0; i < g[v].results.size(); ++i)
            if (auto const* row = rows.find(g[v].results[i].name)) add_readers({v, i}, *row);
}

TPU_CONVERT_INLINE void threshold_tuner::add_readers(graph::ref r, calibration_row const& row) {
    double const range = std::max(row.max, -row.min) - row.threshold;
    if (!(range >= least_range)) return;
    std::vector<double> thresholds;
    for (std::size_t i = 0; i < candidates; ++i)
        thresholds.push_back(row.threshold + range * static_cast<double>(i) / static_cast<double>(candidates - 1));
    for (auto const& u : graph_.users(r.node))
        if (u.result == r.result && u.operand == 0 && can_be_tried(graph_, u.node))
            readers_[{r.node, r.result}].push_back({u.node, thresholds, row.min < 0, {}});
}

TPU_CONVERT_INLINE void threshold_tuner::observe(std::size_t sample, graph::ref r, tensor const& t, bool channels_last) {
    auto const readers = readers_.find({r.node, r.result});
    if (readers == readers_.end()) return;
    backend::session* session = nullptr;
    {
        std::lock_guard const lock(mutex_);
        auto& own = sessions_[std::this_thread::get_id()];
        if (!own) {
            own = std::make_unique<backend::session>();
            for (auto const v : graph_.order())
                if (graph_[v].kind == node_kind::weight) own->add_constant(graph_[v].payload->data());
        }
        session = own.get();
    }
    backend::session_scope const scope(*session);
    for (auto& reader : readers->second) {
        auto found = quantization_distances(graph_, reader.op, t, channels_last, reader.thresholds, reader.is_signed, sample);
        std::lock_guard const lock(mutex_);
        if (found) reader.distances.emplace(sample, std::move(*found));
    }
}

TPU_CONVERT_INLINE calibration_rows threshold_tuner::run(sample_runner& runner, std::size_t samples) {
    runner.run({"tuning",
                [this](std::size_t sample, graph::ref r, tensor const& t, bool last) { observe(sample, r, t, last); }, {}},
               samples);
    auto tuned = rows_;
    for (auto const& [place, readers] : readers_) {
        auto const& name = graph_[graph::ref{place.first, place.second}].name;
        auto row = *rows_.find(name);
        for (auto const& reader : readers) {
            std::vector<double> sums(candidates, 0.0);
            for (auto const& [sample, distances] : reader.distances) // in the order of samples
                for (std::size_t i = 0; i < candidates; ++i) sums[i] += distances[i];
            auto const best = std::min_element(sums.begin(), sums.end()) - sums.begin();
            row.threshold = std::max(row.threshold, reader.thresholds[static_cast<std::size_t>(best)]);
        }
        tuned.set(name, row);
    }
    return tuned;
}

} // namespace tpu_convert
