// Which neighbouring kernels run as one group.
#pragma once
#include <cstddef>
#include <optional>
#include <tpu_convert/schedule/global_memory.hpp>
#include <tpu_convert/schedule/group.hpp>
#include <tpu_convert/schedule/timed_tiles.hpp>
#include <vector>

namespace tpu_convert {

// Steps [first, first + members.size()) as one kernel.
template <class Chip>
struct found_group {
    std::size_t first = 0, count = 0;
    group_plan<Chip> group;
    local_plan local;
    double cost = 0;
};

// What one step is to a group: its plan in plane views, none if it has none; and the cost of running it alone.
template <class Chip>
struct group_step {
    std::optional<kernel_plan<Chip>> plan;
    std::vector<std::size_t> reads;
    std::size_t writes = 0, last_use = 0; // last step that reads the result; beyond the last for outputs
    double cost = 0, computing = 0;       // as timed_tiles says
};

// stored: what lies in global memory while each step runs on its own; only the search for the least memory looks at it.
template <class Chip>
std::vector<found_group<Chip>> cheapest_groups(std::vector<group_step<Chip>> const& steps, search_effort const& effort,
                                               std::vector<buffer_request> stored);

// A group that was found before; nothing if it is none.
template <class Chip>
std::optional<found_group<Chip>> group_as_found(std::vector<group_step<Chip>> const& steps, std::size_t first, std::size_t count,
                                                dims4 const& tile);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/schedule/group_search.inl>
#endif
