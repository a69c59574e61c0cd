#pragma once
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <tpu_convert/core/tensor.hpp>
#include <tpu_convert/op/evaluate.hpp>
#include <tpu_convert/quantize/integer_rule.hpp>
#include <tpu_convert/quantize/mixed_search.hpp>
#include <tpu_convert/quantize/network_types.hpp>
#include <tpu_convert/quantize/wide_values.hpp>
#include <tpu_convert/report/compare.hpp>

namespace tpu_convert {

namespace detail {

// A tensor and the operators that must be float for it to be.
struct float_candidate {
    std::string tensor;
    std::vector<std::string> operators;
    double cosine = 0;
};

inline std::vector<float_candidate> float_candidates(graph const& g) {
    std::vector<float_candidate> found;
    for (auto v : g.order()) {
        if (g[v].kind != node_kind::operation || g[v].results.size() != 1 || !feeds_product(g, {v, 0})) continue;
        float_candidate c{g[v].results[0].name, {g[v].results[0].name}};
        for (auto const& u : g.users(v)) c.operators.push_back(g[u.node].results[0].name);
        found.push_back(std::move(c));
    }
    return found;
}

template <class Rules>
class mixed_search {
public:
    mixed_search(graph const& top, calibration_table const& table, input_samples samples, mixed_search_options const& options)
        : top_(top), table_(table), samples_(samples), options_(options) {
        evaluator float_network(top);
        for (auto const& s : samples) wanted_.push_back(float_network.run(s));
    }

    // With the operators of these candidates in floating point.
    double cosine_with(std::span<float_candidate const> chosen) const {
        network_type_options o;
        o.precision = options_.float_type, o.integer = true, o.table = table_, o.exceptions = rows_of(chosen);
        auto const typed = assign_network_types<Rules>(top_, o);
        evaluator network(typed.net);
        double sum = 0;
        std::size_t count = 0;
        for (std::size_t i = 0; i < samples_.size(); ++i) {
            auto const got = network.run(samples_[i]);
            for (auto const& [name, x] : wanted_[i])
                if (auto const found = got.find(name); found != got.end()) sum += compare(found->second, x).cosine, ++count;
        }
        return count ? sum / static_cast<double>(count) : 0;
    }
    quantize_table rows_of(std::span<float_candidate const> chosen) const {
        quantize_table t;
        std::string const mode = options_.float_type == dtype::f32 ? "F32" : options_.float_type == dtype::bf16 ? "BF16" : "F16";
        for (auto const& c : chosen)
            for (auto const& name : c.operators)
                if (!t.find(name)) t.rows.push_back({name, mode, 0});
        return t;
    }
    // Each candidate by itself, on all processors; the answers do not depend on their number.
    void try_all(std::vector<float_candidate>& all) const {
        std::atomic<std::size_t> next = 0;
        std::size_t done = 0;
        std::mutex guard;
        std::exception_ptr failed;
        auto const work = [&] {
            for (std::size_t i; (i = next++) < all.size();) try {
                    all[i].cosine = cosine_with(std::span(&all[i], 1));
                    std::scoped_lock const lock(guard);
                    if (options_.progress) options_.progress(++done, all.size(), all[i].tensor);
                } catch (...) {
                    std::scoped_lock const lock(guard);
                    failed = std::current_exception();
                    next = all.size();
                }
        };
        std::vector<std::thread> threads;
        std::size_t const count = options_.threads ? options_.threads : std::max(1u, std::thread::hardware_concurrency());
        for (std::size_t i = 1; i < count; ++i) threads.emplace_back(work);
        work();
        for (auto& t : threads) t.join();
        if (failed) std::rethrow_exception(failed);
    }

private:
    graph const& top_;
    calibration_table const& table_;
    input_samples samples_;
    mixed_search_options const& options_;
    std::vector<std::map<std::string, tensor>> wanted_;
};

} // namespace detail

template <class Rules>
double integer_cosine(graph const& top, calibration_table const& table, input_samples samples) {
    mixed_search_options const options;
    return detail::mixed_search<Rules>(top, table, samples, options).cosine_with({});
}

template <class Rules>
mixed_search_result search_mixed(graph const& top, calibration_table const& table, input_samples samples,
                                 mixed_search_options const& options) {
    detail::mixed_search<Rules> const search(top, table, samples, options);
    mixed_search_result r;
    r.integer_cosine = r.cosine = search.cosine_with({});
    if (r.integer_cosine >= options.expected_cosine) return r;
    auto all = detail::float_candidates(top);
    search.try_all(all);
    std::stable_sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.cosine > b.cosine; });
    for (auto const& c : all) r.tensors.emplace_back(c.tensor, c.cosine);
    std::vector<detail::float_candidate> chosen;
    for (auto const& c : all) {
        if (chosen.size() == options.most_tensors || r.cosine >= options.expected_cosine) break;
        chosen.push_back(c);
        double const cosine = search.cosine_with(chosen);
        if (cosine <= r.cosine) chosen.pop_back();
        else r.cosine = cosine;
    }
    r.table = search.rows_of(chosen);
    return r;
}

} // namespace tpu_convert
