// Which axes of a problem go to n, c, h and w, and what that costs.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <tpu_convert/chip/bm1684x/chip.hpp>
#include <tpu_convert/lower/view.hpp>
#include <vector>

namespace tpu_convert::bm1684x_lowering {

// An axis of the result with what a step along it means to each operand; 0 repeats. The first stride is the result's.
struct joint_axis {
    std::int64_t size = 1;
    std::vector<std::int64_t> strides;
};

namespace detail {

inline std::vector<std::int64_t> divisors(std::int64_t n) {
    std::vector<std::int64_t> found;
    for (std::int64_t d = 2; d * d <= n; ++d) {
        if (n % d) continue;
        found.push_back(d);
        if (d * d != n) found.push_back(n / d);
    }
    return found;
}

// Axes in the order n, c, h, w, absent ones empty.
using placement = std::array<std::optional<joint_axis>, 4>;

inline view view_of(placement const& p, std::size_t tensor) {
    view v;
    for (std::size_t i = 0; i < 4; ++i) {
        if (!p[i]) continue;
        v.strides[i] = p[i]->strides[tensor];
        v.dims[i] = v.strides[i] == 0 && i != 1 && tensor != 0 ? 1 : p[i]->size;
    }
    if (v.dims[3] == 1) v.strides[3] = 1; // the DMA engine divides by it
    return v;
}

// Cycles of the vector units and of the transfers, very roughly.
inline double cost_of(placement const& p, std::int64_t element_bytes) {
    constexpr double commands = 8, bytes_per_cycle = 60, shortest_run = 64, run_overhead = 32;
    double cost = 0;
    std::size_t const tensors = p[1]->strides.size();
    for (std::size_t t = 0; t < tensors; ++t) {
        view const v = view_of(p, t);
        if (t == 0) {
            double const vectors = static_cast<double>(ceil_div(v.dims[2] * v.dims[3] * element_bytes, bm1684x::eu_bytes));
            cost += commands * static_cast<double>(v.dims[0] * ceil_div(v.dims[1], bm1684x::lanes)) * vectors;
        }
        std::int64_t run = v.strides[3] == 1 || v.dims[3] == 1 ? v.dims[3] : 1;
        if (run == v.dims[3] && v.strides[2] == v.dims[3]) run *= v.dims[2];
        double const runs = static_cast<double>(volume(v.dims)) / static_cast<double>(run);
        cost += runs * (std::max(static_cast<double>(run * element_bytes), shortest_run) + run_overhead) / bytes_per_cycle;
    }
    return cost;
}

} // namespace detail

} // namespace tpu_convert::bm1684x_lowering
