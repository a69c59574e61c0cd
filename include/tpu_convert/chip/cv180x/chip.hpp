// The CV180x: resources.
#pragma once
#include <cstdint>
#include <string_view>
#include <tpu_convert/chip/concepts.hpp>
#include <tpu_convert/chip/cv18xx/chip.hpp>

namespace tpu_convert {

struct cv180x : cv182x_generation {
    static constexpr std::string_view name = "cv180x", file_name = "cv180x";
    static constexpr std::int64_t lanes = 2;
    static constexpr std::int64_t local_memory_bytes = lanes * lane_memory_bytes;
    static constexpr double tiu_hertz = 500e6, gdma_hertz = 500e6;
    static constexpr std::uint8_t record_magic = 0xA8; // of its records in a command buffer
};

static_assert(chip<cv180x>);

} // namespace tpu_convert
