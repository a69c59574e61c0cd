// Trials of thresholds, by several threads: one reader of a tensor after the other.
#pragma once
#include <algorithm>
#include <exception>
#include <thread>
#include <tpu_convert/op/backend_onednn.hpp>
#include <tpu_convert/quantize/threshold_tuner.hpp>

namespace tpu_convert {

TPU_CONVERT_INLINE threshold_tuner::threshold_tuner(graph const& g, calibrate_options const& options)
    : graph_(g), options_(options) {
    for (auto const v : g.order())
        if (options.tune && can_be_tried(g, v) && g[g.operands(v)[0].node].kind != node_kind::weight)
            readers_.push_back({g.operands(v)[0], v, {}});
}

TPU_CONVERT_INLINE void threshold_tuner::observe(std::size_t sample, graph::ref r, tensor const& t, bool channels_last) {
    if (sample >= options_.tune) return;
    for (auto& reader : readers_) {
        if (reader.operand != r) continue;
        auto piece = take_piece(graph_, reader.op, t, channels_last, sample);
        std::lock_guard const lock(mutex_);
        reader.pieces.emplace(sample, std::move(piece));
    }
}

TPU_CONVERT_INLINE double threshold_tuner::best_threshold(reader const& r, calibration_row const& row) const {
    double const range = std::max(row.max, -row.min) - row.threshold;
    if (!(range >= least_range)) return row.threshold;
    std::vector<double> thresholds, sums(candidates, 0.0);
    for (std::size_t i = 0; i < candidates; ++i)
        thresholds.push_back(row.threshold + range * static_cast<double>(i) / static_cast<double>(candidates - 1));
    std::vector<trial_piece const*> pieces; // in the order of samples
    for (auto const& [sample, piece] : r.pieces) pieces.push_back(&piece);
    auto const size = pieces.empty() ? 1 : std::max<std::size_t>(1, pieces[0]->values.values().size() * (candidates + 1));
    auto const most = std::max<std::size_t>(1, batch_elements / size);
    for (std::size_t at = 0; at < pieces.size(); at += most) {
        auto const batch = std::span(pieces).subspan(at, std::min(most, pieces.size() - at));
        for (auto const& found : quantization_distances(graph_, r.op, batch, thresholds, row.min < 0))
            for (std::size_t i = 0; found && i < candidates; ++i) sums[i] += (*found)[i];
    }
    return thresholds[static_cast<std::size_t>(std::min_element(sums.begin(), sums.end()) - sums.begin())];
}

TPU_CONVERT_INLINE void threshold_tuner::try_readers(std::atomic<std::size_t>& next, std::vector<calibration_row>& rows,
                                                     std::shared_ptr<backend::filters> const& filters) const {
    backend::compute_alone();
    for (std::size_t i = next++; i < readers_.size(); i = next++) {
        backend::session session(filters);
        backend::session_scope const scope(session);
        rows[i].threshold = best_threshold(readers_[i], rows[i]);
    }
}

TPU_CONVERT_INLINE calibration_rows threshold_tuner::tuned(calibration_rows const& rows,
                                                            std::shared_ptr<backend::filters> const& filters) const {
    std::vector<calibration_row> chosen;
    for (auto const& r : readers_) chosen.push_back(*rows.find(graph_[r.operand].name));
    std::size_t const most = options_.threads ? options_.threads : std::max(1u, std::thread::hardware_concurrency());
    std::atomic<std::size_t> next{0};
    std::vector<std::exception_ptr> errors(std::clamp<std::size_t>(readers_.size(), 1, most));
    std::vector<std::thread> threads;
    for (auto& error : errors)
        threads.emplace_back([&, this] {
            try {
                try_readers(next, chosen, filters);
            } catch (...) {
                error = std::current_exception();
            }
        });
    for (auto& t : threads) t.join();
    for (auto const& e : errors)
        if (e) std::rethrow_exception(e);
    auto result = rows;
    for (std::size_t i = 0; i < readers_.size(); ++i) {
        auto const& name = graph_[readers_[i].operand].name;
        auto row = *result.find(name);
        row.threshold = std::max(row.threshold, chosen[i].threshold);
        result.set(name, row);
    }
    return result;
}

} // namespace tpu_convert
