// Sums over timed commands: by engine, by kind of command, by layer.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/clock_bmodel.hpp>
#include <vector>

namespace tpu_convert::simulate {

struct time_sum {
    std::size_t commands = 0;
    double begin = 0, end = 0;            // from the first command's start to the last one's end
    double tiu = 0, gdma = 0;             // cycles that each engine is busy
    double products = 0, full_cycles = 0; // of the multiplier array
    std::uint64_t read = 0, written = 0;  // bytes of global memory

    double cycles() const { return end - begin; }
    // Shares of `of` cycles.
    double share(double part, double of) const { return of > 0 ? part / of : 0; }
};

struct kind_sum {
    std::string_view name;
    engine on = engine::tiu;
    time_sum sum;
};

// The commands that a node of the network became, as positions in the two streams; one group of streams.
struct layer_commands {
    std::string name, operation;
    std::size_t tiu_first = 0, tiu_count = 0, gdma_first = 0, gdma_count = 0;
};
struct layer_sum {
    std::string name, operation;
    time_sum sum;
    double own = 0; // cycles by which it ends later than all before it: layers overlap, these add up to the whole
};

struct time_summary {
    time_sum all;
    std::vector<kind_sum> kinds;   // the longest first
    std::vector<layer_sum> layers; // in order of execution
    // What no program can beat: the array at its full rate, and weights, inputs and outputs once through the memory.
    double compute_roof = 0, memory_roof = 0;

    double roof() const { return compute_roof > memory_roof ? compute_roof : memory_roof; }
};

// Layers beyond the file's commands are an error.
time_summary summarize(bmodel_time const& t, std::span<layer_commands const> layers = {});

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/clock_summary.inl>
#endif
