// Addresses in global memory: weights one after the other, activations by lifetime.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace tpu_convert {

// A buffer that lives from step `first` to step `last`, both counted.
struct buffer_request {
    std::uint64_t bytes = 0;
    std::size_t first = 0, last = 0;
};

struct buffer_plan {
    std::vector<std::uint64_t> offsets;
    std::uint64_t bytes = 0;
};

// First fit, largest buffer first: two buffers share bytes only if their lifetimes do not meet.
inline buffer_plan place_buffers(std::vector<buffer_request> const& requests, std::uint64_t alignment) {
    auto const aligned = [&](std::uint64_t x) { return (x + alignment - 1) / alignment * alignment; };
    std::vector<std::size_t> by_size(requests.size());
    std::iota(by_size.begin(), by_size.end(), std::size_t{0});
    std::stable_sort(by_size.begin(), by_size.end(),
                     [&](std::size_t a, std::size_t b) { return requests[a].bytes > requests[b].bytes; });
    buffer_plan plan{std::vector<std::uint64_t>(requests.size(), 0), 0};
    std::vector<std::size_t> placed; // by offset
    for (std::size_t r : by_size) {
        std::uint64_t at = 0;
        for (std::size_t p : placed) {
            bool const apart = requests[p].last < requests[r].first || requests[r].last < requests[p].first;
            if (apart) continue;
            if (at + aligned(requests[r].bytes) <= plan.offsets[p]) break;
            at = std::max(at, plan.offsets[p] + aligned(requests[p].bytes));
        }
        plan.offsets[r] = at;
        plan.bytes = std::max(plan.bytes, at + aligned(requests[r].bytes));
        placed.insert(std::upper_bound(placed.begin(), placed.end(), r,
                                       [&](std::size_t a, std::size_t b) { return plan.offsets[a] < plan.offsets[b]; }),
                      r);
    }
    return plan;
}

} // namespace tpu_convert
