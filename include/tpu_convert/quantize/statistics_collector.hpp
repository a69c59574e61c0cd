// Gathers the statistics of all tensors of a network while samples run through it.
#pragma once
#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/tensor_fwd.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/quantize/channel_statistics.hpp>
#include <tpu_convert/quantize/sample_runner.hpp>
#include <tpu_convert/quantize/tensor_statistics.hpp>
#include <tpu_convert/quantize/threshold_method.hpp>
#include <vector>

namespace tpu_convert {

// The first sample's largest magnitude gives the bins' width; a larger one adds bins. A tensor whose first sample says too
// little (all zero, or far smaller than a later one) is counted again in a second pass, by its range over all samples.
class statistics_collector {
public:
    statistics_collector(graph const& g, threshold_method_info const& method, std::size_t bins);

    // `also` sees the tensors of the first pass.
    void run(sample_runner& runner, std::size_t samples, decltype(sample_runner::stage::observe) const& also = {});

    struct entry {
        graph::ref value;
        tensor_statistics statistics;
        bool channels_apart = false; // then:
        channel_statistics channels{};
    };
    // In the network's order: inputs and results.
    std::vector<entry> const& entries() const { return entries_; }
    // Null for a weight.
    entry const* find(graph::ref r) const;

private:
    struct shared_state { // of an entry, between threads
        std::mutex mutex;
        std::atomic<bool> has_width = false, again = false;
    };

    struct sample_figures { // whose sums must not depend on the order of samples
        std::vector<double> thresholds;
        std::map<std::size_t, std::vector<channel_range>> channels; // by place in entries_
    };

    void observe(sample_runner& runner, std::size_t sample, graph::ref r, tensor const& t, bool channels_last);
    value_range range_at(std::size_t index, std::size_t sample, tensor const& t, bool channels_last);
    void observe_again(std::size_t sample, graph::ref r, tensor const& t);
    void count(std::size_t index, std::span<float const> values, value_range const& range, std::size_t turn);
    void finish(std::size_t sample);

    threshold_method_info const& method_;
    std::size_t bins_, samples_ = 1;
    std::vector<entry> entries_;
    std::unique_ptr<shared_state[]> states_;
    std::vector<std::vector<std::size_t>> places_; // in entries_, by node, by result
    std::mutex pending_mutex_;
    std::map<std::size_t, sample_figures> pending_; // of single samples, until it is their turn
    graph const& graph_;
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/statistics_collector.inl>
#endif
