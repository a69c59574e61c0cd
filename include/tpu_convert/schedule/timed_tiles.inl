// Searches for tiles, a unit of each chip's own.
#pragma once
#include <limits>
#include <tpu_convert/schedule/tiling.hpp>
#include <tpu_convert/schedule/timed_tiles.hpp>
#include <tpu_convert/schedule/unit_cost.hpp>

namespace tpu_convert {

namespace detail {

template <class Chip>
timed_tiles timed(tile_search<Chip> const& search, kernel_plan<Chip> const& plan, local_plan first, search_effort const& effort,
                  double limit) {
    if constexpr (timed_chip<Chip>) {
        timed_tiles best{first, unit_cost(plan, first)};
        if (best.cost > limit) return best;
        for (std::int64_t parts = 2; parts <= effort.finest; ++parts) {
            auto const finer = search.finer(first, parts);
            if (!finer) continue;
            if (double const cost = unit_cost(plan, *finer); cost < best.cost) best = {*finer, cost};
        }
        return best;
    }
    return {std::move(first), search.cost()};
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
    if constexpr (timed_chip<Chip>) found->second = unit_cost(plan, found->first);
    return timed_tiles{std::move(found->first), found->second};
}

} // namespace tpu_convert
