// How long the CV18xx family takes: the vendor's open model of cycles (docs/chips.md, Time). Nothing was measured on a chip.
#pragma once
#include <tpu_convert/chip/cv18xx/chip.hpp>
#include <tpu_convert/chip/timing.hpp>

namespace tpu_convert {

struct cv18xx_timing {
    static constexpr double memory_bytes_per_second = 1886e6 * 4; // the same for all chips
    static constexpr double burst = 256, turned_burst = 128, page = 4096, beat = 16, granule = 64; // bytes
    static constexpr double joined_gap = 16; // bytes between rows that one load reads along
    static constexpr double command_start = 26, array_start = 41, post = 12, post_by_channel = 31;
    static constexpr double least_loop = 16; // cycles, where a channel has a multiplier

    template <class Chip>
    static constexpr clock_figures figures{
        .array = {Chip::lanes, Chip::lane_memory_bytes, Chip::eu_bytes, Chip::eu_bytes, {2, 1, 0},
                  {2.0 * Chip::lanes * Chip::eu_bytes, Chip::lanes * Chip::eu_bytes / 2.0, 0}},
        .start_up = {},
        .dma = {.peak = memory_bytes_per_second / Chip::tiu_hertz},
        .hertz = Chip::tiu_hertz};
};

} // namespace tpu_convert
