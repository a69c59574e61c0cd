// Threads of sample_runner.
#pragma once
#include <algorithm>
#include <thread>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/op/backend_onednn.hpp>
#include <tpu_convert/quantize/sample_runner.hpp>
#include <utility>

namespace tpu_convert {

namespace detail {

struct stopped {}; // another thread met an error

} // namespace detail

TPU_CONVERT_INLINE sample_runner::sample_runner(graph const& g, std::size_t samples, sample_source source,
                                                calibrate_options const& options)
    : graph_(g), source_(std::move(source)), options_(options), failures_(samples) {
    std::size_t const most = options.threads ? options.threads : std::max(1u, std::thread::hardware_concurrency());
    evaluators_.resize(std::clamp<std::size_t>(samples, 1, most));
    for (auto& e : evaluators_)
        e = std::make_unique<evaluator>(graph_, &e == &evaluators_.front() ? nullptr : evaluators_.front()->filters());
}

TPU_CONVERT_INLINE void sample_runner::run(stage const& s, std::size_t samples) {
    next_ = finished_ = count_ = 0;
    total_ = std::min(samples, failures_.size());
    done_.assign(total_, 0);
    std::vector<std::thread> threads;
    for (auto& e : evaluators_) threads.emplace_back([&, this] { work(s, *e); });
    for (auto& t : threads) t.join();
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

TPU_CONVERT_INLINE void sample_runner::work(stage const& s, evaluator& e) {
    backend::compute_alone();
    while (true) {
        std::size_t sample = 0;
        {
            std::lock_guard const lock(mutex_);
            if (next_ == total_ || error_) return;
            sample = next_++;
        }
        try {
            run_one(s, e, sample);
            finish(s, sample);
        } catch (detail::stopped) {
            return;
        } catch (...) {
            std::lock_guard const lock(mutex_);
            if (!error_) error_ = std::current_exception();
            changed_.notify_all();
            return;
        }
    }
}

TPU_CONVERT_INLINE void sample_runner::run_one(stage const& s, evaluator& e, std::size_t sample) {
    std::map<std::string, tensor> inputs;
    try {
        inputs = source_(sample);
    } catch (model_error const& problem) {
        if (problem.code() != error_code::file_damaged && problem.code() != error_code::file_missing) throw;
        std::lock_guard const lock(mutex_);
        failures_[sample] = problem.what();
        changed_.notify_all();
        return;
    }
    evaluate_options o;
    o.keep = evaluate_options::keep_rule::named; // outputs alone
    o.observe = [&](graph::ref r, tensor const& values, bool channels_last) { s.observe(sample, r, values, channels_last); };
    e.run(inputs, o);
}

// The samples that wait for an earlier one are at most as many as there are threads.
TPU_CONVERT_INLINE void sample_runner::finish(stage const& s, std::size_t sample) {
    std::lock_guard const lock(mutex_);
    done_[sample] = 1;
    for (; finished_ < total_ && done_[finished_]; ++finished_)
        if (s.finish && failures_[finished_].empty()) s.finish(finished_);
    if (options_.progress) options_.progress(++count_, total_, s.name);
}

TPU_CONVERT_INLINE std::size_t sample_runner::first_readable() const {
    auto const at = std::find(failures_.begin(), failures_.end(), std::string());
    return static_cast<std::size_t>(at - failures_.begin());
}

TPU_CONVERT_INLINE std::size_t sample_runner::readable() const {
    return static_cast<std::size_t>(std::count(failures_.begin(), failures_.end(), std::string()));
}

// The sample that all others wait for was handed out before them, so some thread works on it.
TPU_CONVERT_INLINE bool sample_runner::wait_to_be_first(std::size_t sample, std::function<bool()> const& ready) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return error_ || ready() || first_readable() == sample; });
    if (error_) throw detail::stopped{};
    return first_readable() == sample;
}

TPU_CONVERT_INLINE void sample_runner::announce() {
    std::lock_guard const lock(mutex_);
    changed_.notify_all();
}

} // namespace tpu_convert
