// How one operator runs on a chip: by a kernel over tiles in local memory, by copies in global memory, or not at all.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/lower/host_function.hpp>
#include <tpu_convert/lower/kernel_builder.hpp>
#include <tpu_convert/lower/view.hpp>
#include <variant>
#include <vector>

namespace tpu_convert {

// The node as a lowering sees it. Types are those that the values have in memory.
struct lowering_context {
    std::string const& name;
    std::any const& attributes;
    std::vector<value const*> operands;  // null: not given
    std::vector<tensor const*> payloads; // of operands that are weights, else null
    std::vector<value const*> results;
    bool planes = false; // channels must be the tensor's own, so that neighbours can share a tile
};

// A weight in the form that the kernel wants it, replacing the operand's own bytes in the file.
using packed_bytes = std::shared_ptr<std::vector<std::byte> const>;

struct tile_operand {
    std::size_t operand = 0; // which operand (or result) of the node
    view global;             // how the kernel sees it
    dtype type = dtype::f32;
    local_layout layout = local_layout::aligned;
    packed_bytes packed = nullptr;
    bool by_lane = false;                           // stored as the lanes hold it: all channels of the first, of the second...
    std::optional<window_rows> rows = std::nullopt; // loaded like that: boxes are of what is loaded
};

struct tile {
    box out;                      // part of the first result, in its view's coordinates
    std::vector<box> in;          // part of each input
    std::vector<local_tensor> inputs, outputs;
    // Called before the kernel emits each of its stages, if it has any: inputs of that stage must be loaded then.
    std::function<void(std::size_t stage)> reached = nullptr;
};

// May the schedule cut the first result's view along an axis, into what multiples, and how long is a tile at most?
struct cut_rule {
    bool allowed = true;
    std::int64_t multiple = 1;
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
};

template <class Chip>
struct kernel_plan {
    std::vector<tile_operand> inputs, outputs;
    std::vector<std::size_t> stages{}; // of a kernel that is made of several: which one reads each input
    std::array<cut_rule, 4> cuts{};
    // Part of input i that a part of the first result needs.
    std::function<box(std::size_t i, box const& out)> input_box;
    // Part of result i computed with a part of the first; unset: the same box.
    std::function<box(std::size_t i, box const& out)> output_box;
    std::function<void(kernel_builder<Chip>&, tile const&)> emit;
};

// One strided copy within global memory. No operand: from the result itself, or a fill with the constant's bits.
struct global_copy {
    std::optional<std::size_t> operand;
    view from;
    std::size_t result = 0;
    view to;
    std::uint32_t constant = 0;
    bool from_result = false;
};
// In order; element type is that of the result.
struct copy_plan {
    std::vector<global_copy> copies;
};
// The result is the operand's memory under another name, from an element offset on.
struct alias_plan {
    std::size_t operand = 0;
    std::int64_t offset = 0;
};
// Rows of a table taken by an index: row r of the result = row index[r] of the table.
struct gather_plan {
    std::size_t table = 0, index = 1;
    std::int64_t rows = 0, row_elements = 0, count = 0; // table rows, elements of a row, indices
    std::int64_t outer = 1;                             // tables that follow each other, each gathered with the same index
    packed_bytes packed_index = nullptr;                // constant indices as 32-bit whole numbers
    // The other way round: the result is this operand, but row index[r] is row r of `table`; `rows` are the result's.
    std::optional<std::size_t> scatter_into = std::nullopt;
};

template <class Chip>
using lowering_plan = std::variant<kernel_plan<Chip>, copy_plan, alias_plan, gather_plan, host_function>;

} // namespace tpu_convert
