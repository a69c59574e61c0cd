// How long the BM1684X takes: rates, latencies and start-up cycles in both calibrations.
#pragma once
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/chip/timing.hpp>

namespace tpu_convert {

namespace bm1684x_timing {

inline constexpr array_figures array{
    bm1684x::lanes,
    bm1684x::lane_memory_bytes,
    bm1684x::eu_bytes,
    4,
    {bm1684x::ic_parallel(dtype::i8), bm1684x::ic_parallel(dtype::f16), bm1684x::ic_parallel(dtype::f32)},
    {bm1684x::macs_per_cycle(dtype::i8), bm1684x::macs_per_cycle(dtype::f16), bm1684x::macs_per_cycle(dtype::f32)}};
inline constexpr double memory_peak = 68.7; // bytes in a cycle of 1 GHz

// The vendor's estimate has no start-up cycles and no latency; short rows cost it dear.
inline constexpr dma_figures vendor_dma{.latency = 0,
                                        .load = 54.017,
                                        .store = 40.979,
                                        .copy = 26.1,
                                        .matrix_load = 58.009,
                                        .matrix_store = 44.0,
                                        .gather = 64,
                                        .full_row = 256,
                                        .burst = 64,
                                        .peak = memory_peak};
inline constexpr clock_figures vendor{.array = array,
                                      .start_up = {},
                                      .dma = vendor_dma,
                                      .divide_passes = 5,
                                      .compare_passes = 2,
                                      .root_passes = 30,
                                      .hertz = bm1684x::tiu_hertz};

// Measured: conv, arithmetic, lane_move, the pooling factor and all of the DMA. The other start-up cycles are those of the
// vendor's cycle model of the next chip, whose measured ones are alike.
inline constexpr start_up_figures silicon_start_up{.conv = 39,
                                                   .mm = 32,
                                                   .mm2_nn = 81,
                                                   .mm2_nt = 56,
                                                   .mm2_tt = 37,
                                                   .arithmetic = 10,
                                                   .compare = 9,
                                                   .linear = 12,
                                                   .pool = 10,
                                                   .requant = 11,
                                                   .inverse_root = 14,
                                                   .gather = 11,
                                                   .gather_line = 24,
                                                   .transpose = 30,
                                                   .lane_move = 28,
                                                   .static_move = 3};
inline constexpr dma_figures silicon_dma{.latency = 195,
                                         .load = 55.6,
                                         .store = 43.8,
                                         .copy = 27,
                                         .matrix_load = 55.6,
                                         .matrix_store = 43.8,
                                         .gather = 27,
                                         .free_rows = 64,
                                         .row_cycles = 2.3,
                                         .peak = memory_peak};
inline constexpr clock_figures silicon{.array = array,
                                       .start_up = silicon_start_up,
                                       .dma = silicon_dma,
                                       .pool_factor = 1.5,
                                       .divide_passes = 5,
                                       .compare_passes = 2,
                                       .root_passes = 30,
                                       .requant_bank_clash = true,
                                       .hertz = bm1684x::tiu_hertz};

} // namespace bm1684x_timing

constexpr clock_figures const& figures_of(bm1684x, clock_rates c) {
    return c == clock_rates::silicon ? bm1684x_timing::silicon : bm1684x_timing::vendor;
}

} // namespace tpu_convert
