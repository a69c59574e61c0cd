// Which neighbouring kernels run as one group: dynamic programming over the places where the order of nodes is cut.
#pragma once
#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <tpu_convert/schedule/group.hpp>
#include <tpu_convert/schedule/tiling.hpp>
#include <vector>

namespace tpu_convert {

// Steps [first, first + members.size()) as one kernel.
template <class Chip>
struct found_group {
    std::size_t first = 0, count = 0;
    group_plan<Chip> group;
    local_plan local;
};

template <class Chip>
class group_search {
public:
    // What one step is to a group: its plan in plane views, none if it has none; and the cost of running it alone.
    struct step {
        std::optional<kernel_plan<Chip>> plan;
        std::vector<std::size_t> reads;
        std::size_t writes = 0, last_use = 0; // last step that reads the result; beyond the last for outputs
        double cost = 0;
    };

    explicit group_search(std::vector<step> const& steps) : steps_(steps) {}

    std::vector<found_group<Chip>> best() {
        std::size_t const n = steps_.size();
        std::vector<double> cost(n + 1, 0);
        std::vector<std::optional<found_group<Chip>>> chosen(n + 1);
        for (std::size_t end = 1; end <= n; ++end) {
            cost[end] = cost[end - 1] + steps_[end - 1].cost;
            for (std::size_t count = 2; count <= std::min(end, longest); ++count) {
                std::size_t const first = end - count;
                if (!steps_[first].plan) break;
                double total = 0;
                auto found = measure(first, count, total);
                if (!found || cost[first] + total >= cost[end]) continue;
                cost[end] = cost[first] + total;
                chosen[end] = std::move(found);
            }
        }
        std::vector<found_group<Chip>> groups;
        for (std::size_t end = n; end > 0;) {
            if (!chosen[end]) --end;
            else groups.push_back(std::move(*chosen[end])), end = groups.back().first;
        }
        std::reverse(groups.begin(), groups.end());
        return groups;
    }

private:
    static constexpr std::size_t longest = 14;
    static constexpr double repeated_bytes = 1; // that could be moved while one element is computed

    std::optional<found_group<Chip>> measure(std::size_t first, std::size_t count, double& total) const {
        std::vector<group_member<Chip>> members;
        for (std::size_t k = first; k < first + count; ++k) {
            if (!steps_[k].plan) return std::nullopt;
            members.push_back({&*steps_[k].plan, steps_[k].reads, steps_[k].writes, steps_[k].last_use >= first + count});
        }
        auto group = group_maker<Chip>(members).make();
        if (!group) return std::nullopt;
        std::string const name = "group";
        tile_search<Chip> search(name, group->plan);
        auto local = search.find();
        if (!local) return std::nullopt;
        auto const tiles = tiles_of(group->plan.outputs[0].global.dims, local->tile);
        total = search.cost() + repeated_bytes * group->repeated(tiles);
        return found_group<Chip>{first, count, std::move(*group), std::move(*local)};
    }

    std::vector<step> const& steps_;
};

} // namespace tpu_convert
