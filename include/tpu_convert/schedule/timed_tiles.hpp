// Tiles of one kernel by the clock: from the cheapest cut by bytes on, as fine as the overlap of both engines asks for.
#pragma once
#include <optional>
#include <string>
#include <tpu_convert/schedule/tiling.hpp>
#include <tpu_convert/schedule/unit_cost.hpp>
#include <vector>

namespace tpu_convert {

struct timed_tiles {
    local_plan local;
    double cost = 0;
};

// How much a search tries.
struct search_effort {
    std::size_t longest_group = 28;
    std::int64_t finest = 4; // parts that the first cut is cut into
    bool greedy = false;
    bool early_conversions = false; // of formats: the order of steps
    bool least_memory = false;      // groups keep large results to themselves, the cheapest of those that do so best

    // What deploy tries, of which the fastest program counts.
    static std::vector<search_effort> of(int level) {
        if (level <= 1) return {{14, 1, true}};
        std::vector<search_effort> all{{}, {28, 4, false, true}};
        if (level > 2)
            all.insert(all.end(), {{14, 1, true}, {64, 8, false}, {64, 8, false, true}, {28, 2, false}, {28, 1, false}});
        return all;
    }
};

// Nothing if no tile fits. Where the first cut costs more than `limit`, no others are tried.
template <class Chip>
std::optional<timed_tiles> find_tiles(std::string const& name, kernel_plan<Chip> const& plan, search_effort const& effort,
                                      double limit, bool must = false) {
    tile_search<Chip> search(name, plan);
    std::optional<local_plan> first = must ? search.best() : search.find();
    if (!first) return std::nullopt;
    if constexpr (timed_chip<Chip>) {
        timed_tiles best{*first, unit_cost(plan, *first)};
        if (best.cost > limit) return best;
        for (std::int64_t parts = 2; parts <= effort.finest; ++parts) {
            auto const finer = search.finer(*first, parts);
            if (!finer) continue;
            if (double const cost = unit_cost(plan, *finer); cost < best.cost) best = {*finer, cost};
        }
        return best;
    }
    return timed_tiles{*first, search.cost()};
}

// The same of a tile that was found before.
template <class Chip>
std::optional<timed_tiles> tiles_as_found(std::string const& name, kernel_plan<Chip> const& plan, dims4 const& tile) {
    auto found = tile_search<Chip>(name, plan).at(tile);
    if (!found) return std::nullopt;
    if constexpr (timed_chip<Chip>) found->second = unit_cost(plan, found->first);
    return timed_tiles{std::move(found->first), found->second};
}

} // namespace tpu_convert
