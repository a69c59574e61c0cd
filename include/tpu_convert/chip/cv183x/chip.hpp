// The CV183x: resources.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/chip/concepts.hpp>
#include <tpu_convert/chip/cv18xx/chip.hpp>

namespace tpu_convert {

struct cv183x : cv18xx_generation {
    static constexpr std::string_view name = "cv183x", file_name = "cv183x";
    static constexpr std::int64_t lanes = 32;
    static constexpr std::int64_t local_memory_bytes = lanes * lane_memory_bytes;
    static constexpr double tiu_hertz = 650e6, gdma_hertz = 650e6;
    static constexpr std::uint8_t record_magic = 0xA5; // of its records in a command buffer

    static constexpr std::int64_t image_row_bytes = 32, image_plane_bytes = 0x1000;
    static constexpr std::int64_t most_stride = 15; // of windows
    static constexpr std::uint64_t global_base = 0x1'0000'0000; // added to every offset in global memory
    using commands = cv183x_layout::command_names;
    using tiu_commands = commands::tiu_commands;
    using gdma_commands = commands::gdma_commands;
    struct stream_rules {
        static constexpr isa::selector tiu{{{{37, 4}, {41, 8}}}};
        static constexpr isa::selector gdma{{{{32, 3}}}};
    };
};

static_assert(chip<cv183x>);

} // namespace tpu_convert
