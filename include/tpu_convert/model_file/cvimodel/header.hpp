// The fixed head of a .cvimodel file, before its tables and its sections.
#pragma once
#include <array>
#include <cstdint>

namespace tpu_convert::cvimodel {

struct file_header {
    std::array<char, 8> magic{'C', 'v', 'i', 'M', 'o', 'd', 'e', 'l'};
    std::uint32_t table_bytes = 0;
    std::uint8_t major = 1, minor = 4;
    std::array<std::uint8_t, 16> md5{}; // of everything behind the header
    std::array<char, 16> chip{};
    std::array<char, 2> padding{'C', 'v'};
};
static_assert(sizeof(file_header) == 48);

} // namespace tpu_convert::cvimodel
