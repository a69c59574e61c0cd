// Searches for tiles, a unit of each chip's own.
#pragma once
#include <limits>
#include <tpu_convert/schedule/tiling.hpp>
#include <tpu_convert/schedule/timed_tiles.hpp>
#include <tpu_convert/schedule/unit_cost.hpp>

namespace tpu_convert {

namespace detail {

inline constexpr double finer_limit = 1.25; // of what is wanted: finer tiles do not save more

template <class Chip>
timed_tiles timed(tile_search<Chip> const& search, kernel_plan<Chip> const& plan, local_plan first, search_effort const& effort,
                  double limit) {
    if constexpr (timed_chip<Chip>) {
        unit_cycles const cycles = unit_cost(plan, first);
        timed_tiles best{first, cycles.all, cycles.computing};
        if (cycles.all > finer_limit * limit) return best;
        double least = cycles.least(); // finer tiles move and compute no less
        if (least >= limit) return best;
        for (std::int64_t parts = 2; parts <= effort.finest && least < best.cost; ++parts) {
            auto const finer = search.finer(first, parts);
            if (!finer) continue;
            unit_cycles const tried = unit_cost(plan, *finer);
            least = tried.least();
            if (tried.all < best.cost) best = {*finer, tried.all, cycles.computing};
        }
        return best;
    }
    return {std::move(first), search.cost(), 0};
}

} // namespace detail

template <class Chip>
std::optional<timed_tiles> find_tiles(std::string const& name, kernel_plan<Chip> const& plan, search_effort const& effort,
                                      double limit) {
    tile_search<Chip> search(name, plan);
    auto first = search.find();
    if (!first) return std::nullopt;
    try {
        return detail::timed(search, plan, std::move(*first), effort, limit);
    } catch (model_error const& e) { // more commands than have ids, a size that they cannot hold
        if (e.code() != error_code::encoding) throw;
        return std::nullopt;
    }
}

template <class Chip>
timed_tiles require_tiles(std::string const& name, kernel_plan<Chip> const& plan, search_effort const& effort) {
    tile_search<Chip> search(name, plan);
    auto first = search.best();
    return detail::timed(search, plan, std::move(first), effort, std::numeric_limits<double>::max());
}

template <class Chip>
std::optional<timed_tiles> tiles_as_found(std::string const& name, kernel_plan<Chip> const& plan, dims4 const& tile) {
    auto found = tile_search<Chip>(name, plan).at(tile);
    if (!found) return std::nullopt;
    if constexpr (timed_chip<Chip>) found->second = unit_cost(plan, found->first).all;
    return timed_tiles{std::move(found->first), found->second, 0};
}

} // namespace tpu_convert
