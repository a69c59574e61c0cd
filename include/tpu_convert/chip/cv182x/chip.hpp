// The CV182x: resources.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/chip/concepts.hpp>
#include <tpu_convert/chip/cv18xx/chip.hpp>

namespace tpu_convert {

struct cv182x : cv182x_generation {
    static constexpr std::string_view name = "cv182x", file_name = "cv182x";
    static constexpr std::int64_t lanes = 8;
    static constexpr std::int64_t local_memory_bytes = lanes * lane_memory_bytes;
    static constexpr double tiu_hertz = 750e6, gdma_hertz = 750e6;
    static constexpr std::uint8_t record_magic = 0xA6; // of its records in a command buffer
};

static_assert(chip<cv182x>);

} // namespace tpu_convert
