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
    for (std::size_t i = 0; i < p.outputs.size(); ++i) l.output_slots[i] = {l.end}, l.end += l.output_bytes[i];
    l.scratch = l.end;
    l.end += l.scratch_bytes;
}

} // namespace detail

namespace detail {

// What stays, what even tiles bring and take, what odd ones do, scratch memory: each from a multiple of `unit` on.
template <class Chip>
void place_sides(kernel_plan<Chip> const& p, bool loops, tile_extent const& e, std::int64_t unit, local_plan& l) {
    l.end = 0;
    l.input_slots.assign(p.inputs.size(), {}), l.output_slots.assign(p.outputs.size(), {});
    auto const take = [&](std::vector<std::int64_t>& slots, std::int64_t bytes) { slots.push_back(l.end), l.end += bytes; };
    auto const take_inputs = [&](bool constant) {
        for (bool const weights : {true, false})
            for (std::size_t i = 0; i < p.inputs.size(); ++i)
                if (e.input_constant[i] == constant && (p.inputs[i].packed != nullptr) == weights)
                    take(l.input_slots[i], l.input_bytes[i]);
    };
    take_inputs(true);
    for (int side = 0; side < (loops ? 2 : 1); ++side) {
        l.end = round_up(l.end, unit);
        take_inputs(false);
        for (std::size_t i = 0; i < p.outputs.size(); ++i) take(l.output_slots[i], l.output_bytes[i]);
    }
    if (l.scratch_bytes) l.end = round_up(l.end, unit);
    l.scratch = l.end;
    l.end += l.scratch_bytes;
}

} // namespace detail

// Weights first: what comes next loads its own at the other end, ahead of time. While a tile is computed, the DMA engine works on
// the other side: where that costs no room that others need, no bank of local memory holds parts of both.
template <class Chip>
local_plan place_operands(kernel_plan<Chip> const& p, dims4 const& tile, std::size_t tiles, tile_extent const& e,
                          std::int64_t scratch) {
    constexpr std::int64_t all = Chip::lane_memory_bytes, half = all / 2; // the neighbours' operands lie in the other half
    local_plan l;
    l.tile = tile;
    for (auto const bytes : e.input_bytes) l.input_bytes.push_back(round_up(bytes, Chip::eu_bytes));
    for (auto const bytes : e.output_bytes) l.output_bytes.push_back(round_up(bytes, Chip::eu_bytes));
    l.scratch_bytes = round_up(scratch, Chip::eu_bytes);
    detail::place_sides(p, tiles > 1, e, Chip::eu_bytes, l);
    if (tiles > 1) {
        local_plan by_bank = l;
        detail::place_sides(p, true, e, Chip::bank_bytes, by_bank);
        if (by_bank.end <= (l.end <= half ? half : all)) return by_bank;
    } else if (!p.stages.empty()) {
        for (std::size_t const ahead : {8, 4, 2, 1})
            if (l.end > half) detail::place_by_stage(p, ahead, l);
    }
    return l;
}

} // namespace tpu_convert
