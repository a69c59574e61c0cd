// Test material outside the tree; tests that need it skip when it is absent.
#pragma once
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <optional>
#include <string>

namespace tpu_convert::test {

// The file below TPU_CONVERT_SHARED or ../shared, nothing (and a message) if it is not there.
inline std::optional<std::filesystem::path> shared_file(std::string const& name) {
    char const* const given = std::getenv("TPU_CONVERT_SHARED");
    auto const root = given ? std::filesystem::path(given) : std::filesystem::path(TPU_CONVERT_SOURCE_ROOT) / ".." / "shared";
    auto path = root / name;
    if (std::filesystem::exists(path)) return path;
    MESSAGE("skipped: " << path.string() << " is absent");
    return std::nullopt;
}

} // namespace tpu_convert::test
