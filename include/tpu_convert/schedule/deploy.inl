#pragma once
#include <future>
#include <tpu_convert/model_file/bmodel/packer.hpp>
#include <tpu_convert/model_file/cvimodel/packer.hpp>
#include <tpu_convert/pass/expand_compositions.hpp>
#include <tpu_convert/schedule/deploy.hpp>
#include <tpu_convert/schedule/deployer.hpp>
#include <tpu_convert/simulate/clock.hpp>

namespace tpu_convert {

namespace detail {

template <class Chip>
double cycles_of(deployment const& d) {
    simulate::clock<Chip> clock(clock_rates::silicon);
    for (auto const& g : std::get<bmodel::file>(d.file).nets[0].stages[0].groups) clock.run(g.tiu.bytes(), g.gdma.bytes());
    return clock.cycles();
}

template <class Chip>
plan_cache cache_for(graph const& typed, deploy_options const& o) {
    if (o.cache.empty()) return {};
    auto const about = std::string(Chip::name) + " opt " + std::to_string(o.effort) + (o.groups ? " groups" : "") +
                       (o.keep_all ? " keep all" : "") + (o.least_memory ? " least memory " : " ") + o.program;
    return {o.cache, search_key(typed, about)};
}

// Nothing if that is no schedule of this network.
template <class Chip>
std::optional<deployment> as_found(graph const& typed, deploy_options const& options, chosen_schedule const& found) {
    search_effort effort;
    effort.early_conversions = found.early_conversions;
    try {
        return deployer<Chip>(typed, options, effort).run_as(found);
    } catch (model_error const&) { // the search says it again, if it is the network's
        return std::nullopt;
    }
}

// The efforts of the level that can make a difference.
template <class Chip>
std::vector<search_effort> efforts_for(graph const& typed, deploy_options const& options) {
    constexpr std::size_t many = 2000; // nodes
    auto efforts = search_effort::of(options.effort);
    auto const order = typed.order();
    bool const one_order = order.size() > many || step_order(typed, true) == order;
    if (one_order) std::erase_if(efforts, [](search_effort const& e) { return e.early_conversions; });
    auto thrifty = efforts;
    if (!timed_chip<Chip> || options.keep_all || !options.groups) efforts.resize(1); // nothing tells which is faster, or differs
    if (!options.least_memory || options.keep_all || !options.groups) return efforts;
    for (auto& e : thrifty) e.least_memory = true, efforts.push_back(e);
    return efforts;
}

struct tried_effort {
    deployment made;
    chosen_schedule chosen;
    std::pair<std::uint64_t, double> taken; // bytes, if they count, and cycles
};

template <class Chip>
tried_effort try_effort(graph const& typed, deploy_options const& options, search_effort const& effort, bool alone) {
    deployer<Chip> one(typed, options, effort);
    tried_effort t{one.run(), one.chosen(), {}};
    t.taken.first = options.least_memory ? t.made.activation_bytes : 0;
    if constexpr (timed_chip<Chip>) t.taken.second = alone ? 0 : cycles_of<Chip>(t.made);
    return t;
}

// The fastest of what the efforts of the level give, or that of the least memory, and what was chosen for it. Two are tried at
// once; what comes out does not depend on which is done first.
template <class Chip>
deployment searched(graph const& typed, deploy_options const& options, chosen_schedule& chosen) {
    std::optional<tried_effort> best;
    auto const take = [&](tried_effort t) {
        if (!best || t.taken < best->taken) best = std::move(t);
    };
    deploy_options quiet = options;
    quiet.progress = nullptr;
    auto efforts = efforts_for<Chip>(typed, options);
    bool const alone = efforts.size() == 1;
    efforts.front().two_threads = alone;
    constexpr auto either = std::launch::async | std::launch::deferred; // one after the other where no thread can be had
    for (std::size_t i = 0; i < efforts.size(); i += 2) {
        std::future<tried_effort> beside;
        if (i + 1 < efforts.size())
            beside = std::async(either, [&, k = i + 1] { return try_effort<Chip>(typed, quiet, efforts[k], alone); });
        take(try_effort<Chip>(typed, options, efforts[i], alone));
        if (beside.valid()) take(beside.get());
    }
    chosen = std::move(best->chosen);
    return std::move(best->made);
}

} // namespace detail

template <class Chip>
deployment deploy(graph const& top, deploy_options const& options) {
    auto const expanded = require_expansion(top);
    auto types = options.types;
    for (auto const& name : expanded.exact) types.node_types.emplace(name, dtype::f32);
    return deploy_typed<Chip>(assign_float_types(expanded.net, types), options);
}

template <class Chip>
deployment deploy_typed(graph typed, deploy_options const& options) {
    plan_cache const cache = detail::cache_for<Chip>(typed, options);
    if (auto const found = cache.find())
        if (auto as_before = detail::as_found<Chip>(typed, options, *found)) return std::move(*as_before);
    chosen_schedule chosen;
    deployment best = detail::searched<Chip>(typed, options, chosen);
    cache.store(chosen);
    return best;
}

} // namespace tpu_convert
