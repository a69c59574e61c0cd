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

// First fit, in this order: two buffers share bytes only if their lifetimes do not meet.
inline buffer_plan place_in_order(std::vector<buffer_request> const& requests, std::vector<std::size_t> const& order,
                                  std::uint64_t alignment) {
    auto const aligned = [&](std::uint64_t x) { return (x + alignment - 1) / alignment * alignment; };
    buffer_plan plan{std::vector<std::uint64_t>(requests.size(), 0), 0};
    std::vector<std::size_t> placed; // by offset
    for (std::size_t r : order) {
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

inline std::vector<std::size_t> largest_first(std::vector<buffer_request> const& requests) {
    std::vector<std::size_t> order(requests.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return requests[a].bytes > requests[b].bytes; });
    return order;
}

inline buffer_plan place_buffers(std::vector<buffer_request> const& requests, std::uint64_t alignment) {
    return place_in_order(requests, largest_first(requests), alignment);
}

// The best of some orders: largest first, then each time what ended highest before all others.
inline buffer_plan place_buffers_tightly(std::vector<buffer_request> const& requests, std::uint64_t alignment) {
    constexpr int rounds = 32;
    auto order = largest_first(requests);
    auto now = place_in_order(requests, order, alignment), best = now;
    for (int i = 0; i < rounds; ++i) {
        auto const end = [&](std::size_t r) { return now.offsets[r] + requests[r].bytes; };
        auto const highest = std::max_element(order.begin(), order.end(),
                                              [&](std::size_t a, std::size_t b) { return end(a) < end(b); });
        if (highest == order.begin() || highest == order.end()) break;
        std::rotate(order.begin(), highest, highest + 1);
        now = place_in_order(requests, order, alignment);
        if (now.bytes < best.bytes) best = now;
    }
    return best;
}

} // namespace tpu_convert
