// Tiles of one kernel by the clock: from the cheapest cut by bytes on, as fine as the overlap of both engines asks for.
#pragma once
#include <optional>
#include <string>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <tpu_convert/schedule/local_plan.hpp>
#include <vector>

namespace tpu_convert {

struct timed_tiles {
    local_plan local;
    double cost = 0;
    double computing = 0; // what of it no other cut saves
};

// How much a search tries.
struct search_effort {
    std::size_t longest_group = 28;
    std::int64_t finest = 4; // parts that the first cut is cut into
    bool greedy = false;
    bool early_conversions = false; // of formats: the order of steps
    bool two_threads = false;       // look at two groups at once
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

// Nothing if no tile fits. Where others can't cost less than `limit`, only the first cut is tried.
template <class Chip>
std::optional<timed_tiles> find_tiles(std::string const& name, kernel_plan<Chip> const& plan, search_effort const& effort,
                                      double limit);

// The same, but an error says why no tile fits.
template <class Chip>
timed_tiles require_tiles(std::string const& name, kernel_plan<Chip> const& plan, search_effort const& effort);

// The same of a tile that was found before.
template <class Chip>
std::optional<timed_tiles> tiles_as_found(std::string const& name, kernel_plan<Chip> const& plan, dims4 const& tile);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/schedule/timed_tiles.inl>
#endif
