// Groups by dynamic programming over the places where the order of nodes is cut; a unit of each chip's own.
#pragma once
#include <algorithm>
#include <future>
#include <limits>
#include <tpu_convert/schedule/group_search.hpp>
#include <utility>

namespace tpu_convert {

namespace detail {

template <class Chip>
std::optional<group_plan<Chip>> joined(std::vector<group_step<Chip>> const& steps, std::size_t first, std::size_t count) {
    std::vector<group_member<Chip>> members;
    for (std::size_t k = first; k < first + count; ++k) {
        if (!steps[k].plan) return std::nullopt;
        members.push_back({&*steps[k].plan, steps[k].reads, steps[k].writes, steps[k].last_use >= first + count});
    }
    return group_maker<Chip>(members).make();
}

template <class Chip>
class group_search {
public:
    using step = group_step<Chip>;

    group_search(std::vector<step> const& steps, search_effort const& effort, std::vector<buffer_request> stored)
        : steps_(steps), effort_(effort), stored_(std::move(stored)) {}

    std::vector<found_group<Chip>> best() const {
        if (effort_.least_memory) return divided(least_peak());
        return effort_.greedy ? grown() : divided(std::numeric_limits<std::uint64_t>::max());
    }

private:
    // Bytes of global memory while these steps run as one: what they make and nobody else reads needs none.
    std::uint64_t bytes_during(std::size_t first, std::size_t count) const {
        std::uint64_t bytes = 0;
        for (auto const& s : stored_) {
            bool const within = count > 1 && s.first >= first && s.last < first + count;
            if (!within && s.first < first + count && s.last >= first) bytes += s.bytes;
        }
        return bytes;
    }
    // The fewest bytes that some way to cut the order of steps gets along with.
    std::uint64_t least_peak() const {
        std::vector<std::uint64_t> peak(steps_.size() + 1, 0);
        for (std::size_t end = 1; end <= steps_.size(); ++end) {
            peak[end] = std::max(peak[end - 1], bytes_during(end - 1, 1));
            for (std::size_t count = 2; count <= std::min(end, effort_.longest_group); count = next(count)) {
                std::size_t const first = end - count;
                if (!steps_[first].plan) break;
                auto const most = std::max(peak[first], bytes_during(first, count));
                if (most < peak[end] && measure(first, count, 0)) peak[end] = most;
            }
        }
        return peak.back();
    }

    // The cheapest of all ways to cut the order of steps that get along with `most` bytes.
    std::vector<found_group<Chip>> divided(std::uint64_t most) const {
        std::size_t const n = steps_.size();
        std::vector<double> cost(n + 1, 0);
        std::vector<std::optional<found_group<Chip>>> chosen(n + 1);
        for (std::size_t end = 1; end <= n; ++end) {
            cost[end] = bytes_during(end - 1, 1) > most ? never : cost[end - 1] + steps_[end - 1].cost;
            chosen[end] = last_group(cost, end, most);
            if (chosen[end]) cost[end] = cost[chosen[end]->first] + chosen[end]->cost;
        }
        std::vector<found_group<Chip>> groups;
        for (std::size_t end = n; end > 0;) {
            if (!chosen[end]) --end;
            else groups.push_back(std::move(*chosen[end])), end = groups.back().first;
        }
        std::reverse(groups.begin(), groups.end());
        return groups;
    }

    // The group that ends there and makes the way up to it cheaper than cost[end] says, and than any other. The lengths are
    // dealt out to two searches, which do not see each other's finds: what comes out is the same however they are run.
    std::optional<found_group<Chip>> last_group(std::vector<double> const& cost, std::size_t end, std::uint64_t most) const {
        if (!effort_.two_threads) return last_group(cost, end, most, 0, 1);
        constexpr auto either = std::launch::async | std::launch::deferred;
        auto other = std::async(either, [&] { return last_group(cost, end, most, 1, 2); });
        auto even = last_group(cost, end, most, 0, 2), odd = other.get();
        if (!even || !odd) return even ? std::move(even) : std::move(odd);
        std::pair const a{cost[even->first] + even->cost, even->count}, b{cost[odd->first] + odd->cost, odd->count};
        return a < b ? std::move(even) : std::move(odd);
    }
    std::optional<found_group<Chip>> last_group(std::vector<double> const& cost, std::size_t end, std::uint64_t most,
                                                std::size_t begin, std::size_t step) const {
        std::optional<found_group<Chip>> best;
        double cheapest = cost[end], computing = steps_[end - 1].computing;
        std::size_t number = 0, first = end - 1;
        for (std::size_t count = 2; count <= std::min(end, effort_.longest_group); count = next(count), ++number) {
            while (first > end - count) computing += steps_[--first].computing;
            if (!steps_[first].plan) break;
            if (number / 2 % step != begin || cost[first] + computing >= cheapest || bytes_during(first, count) > most) continue;
            auto found = measure(first, count, cheapest - cost[first]);
            if (!found || cost[first] + found->cost >= cheapest) continue;
            cheapest = cost[first] + found->cost;
            best = std::move(found);
        }
        return best;
    }

    // From the first step on: one more as long as that is cheaper.
    std::vector<found_group<Chip>> grown() const {
        std::vector<found_group<Chip>> groups;
        for (std::size_t first = 0; first < steps_.size();) {
            std::optional<found_group<Chip>> best;
            double cost = steps_[first].cost;
            std::size_t count = 2;
            for (; count <= effort_.longest_group && first + count <= steps_.size() && steps_[first].plan; ++count) {
                double const apart = cost + steps_[first + count - 1].cost;
                auto found = measure(first, count, apart);
                if (!found || found->cost >= apart) break;
                cost = found->cost, best = std::move(found);
            }
            if (best) groups.push_back(std::move(*best));
            first += count - 1;
        }
        return groups;
    }

    // Of very many steps not every length is looked at.
    std::size_t next(std::size_t count) const { return count + (steps_.size() > many ? std::max<std::size_t>(count / 3, 1) : 1); }

    // limit: cost above which nobody wants the group.
    std::optional<found_group<Chip>> measure(std::size_t first, std::size_t count, double limit) const {
        auto group = joined(steps_, first, count);
        if (!group) return std::nullopt;
        auto tiles = find_tiles("group", group->plan, effort_, steps_.size() > many ? 0 : limit);
        if (!tiles) return std::nullopt;
        return found_group<Chip>{first, count, std::move(*group), std::move(tiles->local), tiles->cost};
    }

    static constexpr std::size_t many = 1000;
    static constexpr double never = std::numeric_limits<double>::infinity();

    std::vector<step> const& steps_;
    search_effort effort_;
    std::vector<buffer_request> stored_;
};

} // namespace detail

template <class Chip>
std::vector<found_group<Chip>> cheapest_groups(std::vector<group_step<Chip>> const& steps, search_effort const& effort,
                                           std::vector<buffer_request> stored) {
    return detail::group_search<Chip>(steps, effort, std::move(stored)).best();
}

template <class Chip>
std::optional<found_group<Chip>> group_as_found(std::vector<group_step<Chip>> const& steps, std::size_t first, std::size_t count,
                                                dims4 const& tile) {
    auto group = detail::joined(steps, first, count);
    if (!group) return std::nullopt;
    auto tiles = tiles_as_found("group", group->plan, tile);
    if (!tiles) return std::nullopt;
    return found_group<Chip>{first, count, std::move(*group), std::move(tiles->local), tiles->cost};
}

} // namespace tpu_convert
