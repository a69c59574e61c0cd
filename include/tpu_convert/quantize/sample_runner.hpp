// Runs a network on many samples by several threads, one evaluator each.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/quantize/calibrate_options.hpp>
#include <vector>

namespace tpu_convert {

class sample_runner {
public:
    struct stage {
        std::string_view name;
        // Called by several threads at once; a sample's tensors come one after the other.
        std::function<void(std::size_t sample, graph::ref, tensor const&, bool channels_last)> observe;
        std::function<void(std::size_t sample)> finish{}; // of each sample that was read, in order, one call at a time
    };

    sample_runner(graph const& g, std::size_t samples, sample_source source, calibrate_options const& options);

    // The first `samples` ones. Errors but those of unreadable samples end the run.
    void run(stage const& s, std::size_t samples);

    // For `observe`: waits until `ready` holds, or until all samples before this one are known to be unreadable: then true.
    bool wait_to_be_first(std::size_t sample, std::function<bool()> const& ready);
    // What another thread's `ready` asks for has changed.
    void announce();

    // Why samples could not be read, by sample; empty: it could.
    std::vector<std::string> const& failures() const { return failures_; }
    std::size_t readable() const;
    // What all evaluators share.
    std::shared_ptr<backend::filters> const& filters() const { return evaluators_.front()->filters(); }

private:
    void work(stage const& s, evaluator& e);
    void run_one(stage const& s, evaluator& e, std::size_t sample);
    void finish(stage const& s, std::size_t sample);
    std::size_t first_readable() const;

    graph const& graph_;
    sample_source source_;
    calibrate_options const& options_;
    std::vector<std::unique_ptr<evaluator>> evaluators_;
    std::vector<std::string> failures_;

    std::mutex mutex_; // of what follows, and of failures_ during a run
    std::condition_variable changed_;
    std::size_t next_ = 0, total_ = 0, finished_ = 0, count_ = 0; // finished_: all samples below are done
    std::vector<char> done_;
    std::exception_ptr error_;
};

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/quantize/sample_runner.inl>
#endif
