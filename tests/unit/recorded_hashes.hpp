// Hashes of results that the vendor's C-model gave, by name.
#pragma once
#include <cstdint>
#include <fstream>
#include <map>
#include <string>

namespace tpu_convert::test {

inline std::map<std::string, std::uint64_t> recorded_hashes(std::string const& file) {
    std::map<std::string, std::uint64_t> recorded;
    std::ifstream in(TPU_CONVERT_SOURCE_ROOT "/tests/data/" + file);
    std::string name;
    std::uint64_t hash = 0;
    while (in >> name >> std::hex >> hash) recorded[name] = hash;
    return recorded;
}

} // namespace tpu_convert::test
