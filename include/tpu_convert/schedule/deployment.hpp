// What a deployment is asked for, and what it gives.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/shape.hpp>
#include <tpu_convert/lower/local_tensor.hpp>
#include <tpu_convert/model_file/any_file.hpp>
#include <tpu_convert/quantize/float_types.hpp>
#include <tpu_convert/schedule/memory_plan.hpp>
#include <vector>

namespace tpu_convert {

struct deploy_options {
    std::string net_name;
    float_type_options types;
    int effort = 2;        // of the search for groups and tiles: 1 greedy, 2 all cuts, 3 longer groups and finer tiles
    bool groups = true;    // false: every operator on its own
    // Of all schedules that are tried the one with the fewest bytes of activations in global memory, before the fastest.
    bool least_memory = false;
    bool keep_all = false; // every tensor gets memory of its own, so that all can be read after a run (--compare_all)
    // Folder where the groups and tiles that a search found are kept, empty: nowhere; and what tells this program from others
    // whose search may find something else.
    std::filesystem::path cache{};
    std::string program{};
    std::function<void(std::size_t done, std::size_t of, std::string const& what)> progress;
};

// What became of one node; for reports.
struct deployed_node {
    std::string name, operation;
    std::string plan;             // kernel, copy, alias, gather
    std::size_t tiles = 0;
    dims4 tile{};
    std::int64_t local_bytes = 0; // in each lane
    // Its commands, as positions in the two streams.
    std::size_t tiu_first = 0, tiu_count = 0, gdma_first = 0, gdma_count = 0;
};
// Where a tensor lies in global memory while the net runs.
struct deployed_tensor {
    std::string name;
    dtype type;
    shape dims;
    std::uint64_t address;
};
struct deployment {
    any_file file;
    std::vector<deployed_node> nodes;
    std::vector<deployed_tensor> tensors;
    std::size_t tiu_commands = 0, gdma_commands = 0;
    std::uint64_t weight_bytes = 0, activation_bytes = 0;
    memory_plan memory;
    bool from_cache = false; // nothing was searched
};

} // namespace tpu_convert
