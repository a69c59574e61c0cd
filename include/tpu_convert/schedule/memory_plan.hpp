// What lies where in a chip's memories while a network runs, for reports.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tpu_convert {

// Bytes that hold something while nodes [first, last] run; nodes as deployment lists them.
struct planned_buffer {
    std::string name;
    std::uint64_t address = 0, bytes = 0;
    std::size_t first = 0, last = 0;

    // The name of what a kernel works in and no tensor is.
    static constexpr std::string_view working_memory = "working memory";
};

struct memory_plan {
    std::vector<planned_buffer> global; // activations; weights lie before them
    std::vector<planned_buffer> local;  // addresses in a lane, the same in all
    std::uint64_t lane_bytes = 0;
};

} // namespace tpu_convert
