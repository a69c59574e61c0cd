// What the search for groups and tiles found, kept in a file for the next time that the same network is deployed.
#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/graph/graph.hpp>
#include <tpu_convert/lower/local_tensor.hpp>
#include <vector>

namespace tpu_convert {

// Steps that run together, by position, as what tile, and what the clock says of it.
struct chosen_unit {
    std::size_t first = 0, count = 1;
    dims4 tile{};
    double cost = 0;

    bool operator==(chosen_unit const&) const = default;
};

struct chosen_schedule {
    bool early_conversions = false; // as search_effort says
    std::vector<chosen_unit> units;

    bool operator==(chosen_schedule const&) const = default;
};

// A folder of such files. What can't be read, is damaged or is another search's was never found; what can't be written is not
// kept: nothing here throws because of a file.
class plan_cache {
public:
    plan_cache() = default; // keeps nothing
    plan_cache(std::filesystem::path folder, std::string key) : folder_(std::move(folder)), key_(std::move(key)) {}

    std::optional<chosen_schedule> find() const;
    void store(chosen_schedule const& s) const;

private:
    std::filesystem::path file() const;
    void forget_oldest() const;

    std::filesystem::path folder_;
    std::string key_;
};

// Of everything that the search sees: operators, their attributes, shapes, types and scales, values of small weights (large
// ones are only packed), and `about`, which names the chip, the options and the program. Names of tensors do not count.
std::string search_key(graph const& g, std::string_view about);

} // namespace tpu_convert

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/schedule/plan_cache.inl>
#endif
