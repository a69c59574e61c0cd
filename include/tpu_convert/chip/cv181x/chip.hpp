// The CV181x: resources.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/chip/concepts.hpp>
#include <tpu_convert/chip/cv18xx/chip.hpp>

namespace tpu_convert {

struct cv181x : cv182x_generation {
    static constexpr std::string_view name = "cv181x", file_name = "cv181x";
    static constexpr std::int64_t lanes = 8;
    static constexpr std::int64_t local_memory_bytes = lanes * lane_memory_bytes;
    static constexpr double tiu_hertz = 500e6, gdma_hertz = 500e6;
    static constexpr std::uint8_t record_magic = 0xA7; // of its records in a command buffer
};

static_assert(chip<cv181x>);

} // namespace tpu_convert
