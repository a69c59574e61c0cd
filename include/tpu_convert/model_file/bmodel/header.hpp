// The fixed head of a .bmodel file, before its tables and its binary section.
#pragma once
#include <array>
#include <cstdint>

namespace tpu_convert::bmodel {

struct file_header {
    std::uint32_t magic = 0xFF55'AAEE;
    std::uint32_t header_bytes = 64;
    std::uint32_t table_bytes = 0;
    std::uint32_t binary_bytes = 0;
    std::array<std::uint32_t, 12> reserved{};
};
static_assert(sizeof(file_header) == 64);

} // namespace tpu_convert::bmodel
