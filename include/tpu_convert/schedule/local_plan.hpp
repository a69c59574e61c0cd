// Addresses of a tile's operands in local memory.
#pragma once
#include <algorithm>
#include <cstdint>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <tpu_convert/schedule/global_memory.hpp>
#include <vector>

namespace tpu_convert {

// Where a tile's operands lie in local memory. Two slots where the next tile is loaded while this one is computed.
struct local_plan {
    dims4 tile{};
    std::vector<std::vector<std::int64_t>> input_slots, output_slots; // addresses
    std::vector<std::int64_t> input_bytes, output_bytes;              // of a slot
    std::int64_t scratch = 0, scratch_bytes = 0;                      // address and size
    std::int64_t begin = 0, end = 0;                                  // all of it
    std::vector<std::size_t> load_stages;                             // when each input is loaded; empty: all of them at first

    std::size_t load_stage(std::size_t input) const { return load_stages.empty() ? 0 : load_stages[input]; }

    // The same from the upper end of a lane downwards.
    local_plan mirrored(std::int64_t lane_bytes) const {
        local_plan m = *this;
        auto const turn = [&](auto& slots, auto const& bytes) {
            for (std::size_t i = 0; i < slots.size(); ++i)
                for (auto& at : slots[i]) at = lane_bytes - at - bytes[i];
        };
        turn(m.input_slots, input_bytes), turn(m.output_slots, output_bytes);
        m.scratch = lane_bytes - scratch - scratch_bytes;
        m.begin = lane_bytes - end, m.end = lane_bytes - begin;
        return m;
    }
};

// Largest box of each operand over the tiles, and whether it is one box for all of them.
struct tile_extent {
    std::vector<std::int64_t> input_bytes, output_bytes;
    std::vector<bool> input_constant;
    double moved = 0; // bytes loaded and stored over all tiles
};

namespace detail {

// Inputs of a single tile that is computed in stages share memory: each is there from `ahead` stages before its own on.
template <class Chip>
void place_by_stage(kernel_plan<Chip> const& p, std::size_t ahead, local_plan& l) {
    std::vector<buffer_request> requests;
    l.load_stages.clear(), l.input_slots.clear();
    for (std::size_t i = 0; i < p.inputs.size(); ++i) {
        std::size_t const stage = p.stages[i];
        l.load_stages.push_back(stage - std::min(ahead, stage));
        requests.push_back({static_cast<std::uint64_t>(l.input_bytes[i]), l.load_stages.back(), stage});
    }
    buffer_plan const found = place_buffers(requests, Chip::eu_bytes);
    for (auto const at : found.offsets) l.input_slots.push_back({static_cast<std::int64_t>(at)});
    l.end = static_cast<std::int64_t>(found.bytes);
}

} // namespace detail

// Operands one after the other, weights first: what comes next loads its own at the other end, ahead of time.
template <class Chip>
local_plan place_operands(kernel_plan<Chip> const& p, dims4 const& tile, std::size_t tiles, tile_extent const& e,
                          std::int64_t scratch) {
    local_plan l;
    l.tile = tile;
    auto const take = [&](std::int64_t bytes, bool twice) {
        std::vector<std::int64_t> slots;
        for (int k = 0; k < (twice ? 2 : 1); ++k) {
            slots.push_back(l.end);
            l.end += bytes;
        }
        return slots;
    };
    for (auto const bytes : e.input_bytes) l.input_bytes.push_back(round_up(bytes, Chip::eu_bytes));
    for (auto const bytes : e.output_bytes) l.output_bytes.push_back(round_up(bytes, Chip::eu_bytes));
    l.scratch_bytes = round_up(scratch, Chip::eu_bytes);
    l.input_slots.resize(p.inputs.size());
    for (bool const weights : {true, false})
        for (std::size_t i = 0; i < p.inputs.size(); ++i)
            if ((p.inputs[i].packed != nullptr) == weights) l.input_slots[i] = take(l.input_bytes[i], !e.input_constant[i]);
    if (tiles == 1 && !p.stages.empty()) {
        std::int64_t others = l.scratch_bytes; // half of the lanes is left to the neighbours if that can be
        for (auto const bytes : l.output_bytes) others += bytes;
        for (std::size_t const ahead : {8, 4, 2, 1})
            if (l.end + others > Chip::lane_memory_bytes / 2) detail::place_by_stage(p, ahead, l);
    }
    for (auto const bytes : l.output_bytes) l.output_slots.push_back(take(bytes, tiles > 1));
    l.scratch = l.end;
    l.end += l.scratch_bytes;
    return l;
}

} // namespace tpu_convert
