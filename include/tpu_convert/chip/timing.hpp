// What a clock needs to know of a chip; each chip fills it in for each source of rates.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace tpu_convert {

// silicon: as measured on chips; vendor: as the vendor's compilers estimate.
enum class clock_rates : std::uint8_t { silicon, vendor };

constexpr std::string_view name_of(clock_rates c) { return c == clock_rates::silicon ? "silicon" : "vendor"; }

// The multiplier array and the vector units. Indexed by the width of elements: 1, 2, 4 bytes.
struct array_figures {
    double lanes = 1, lane_bytes = 1;      // lane_bytes: local memory of a lane
    double vector_bytes = 1;               // what a lane's vector unit handles in a cycle
    double outputs = 1;                    // results of one channel that the multiplier array forms at once
    std::array<double, 3> channels{};      // input channels that it takes at once
    std::array<double, 3> products{};      // multiply-accumulates of all lanes in a cycle
};

// Cycles before a command's first result.
struct start_up_figures {
    double conv = 0, mm = 0, mm2_nn = 0, mm2_nt = 0, mm2_tt = 0, arithmetic = 0, compare = 0, linear = 0, pool = 0, requant = 0;
    double inverse_root = 0, gather = 0, gather_line = 0, transpose = 0, lane_move = 0, static_move = 0;
};

struct dma_figures {
    double latency = 0; // of every transfer
    // Bytes in a cycle: global to local, local to global, global to global.
    double load = 1, store = 1, copy = 1, matrix_load = 1, matrix_store = 1, gather = 1;
    double free_rows = 0, row_cycles = 0; // beyond so many rows, each takes at least so long
    double full_row = 0, burst = 1;       // bytes; shorter rows than a full one are charged as if they were longer
    double peak = 1;                      // of the memory itself
};

struct clock_figures {
    array_figures array;
    start_up_figures start_up;
    dma_figures dma;
    double pool_factor = 1, divide_passes = 1, compare_passes = 1, root_passes = 1;
    bool requant_bank_clash = false; // a result at half the operand's address takes twice as long
    double hertz = 1;
};

// Every chip overloads it: figures_of(Chip{}, clock_rates).
template <class Chip>
concept timed_chip = requires(Chip chip, clock_rates c) { figures_of(chip, c); };

} // namespace tpu_convert
