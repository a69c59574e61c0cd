// Drivers of the sums, and the sums one by one where values are too large, too small or not numbers.
#pragma once
#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <tpu_convert/simulate/contraction.hpp>

namespace tpu_convert::simulate {

TPU_CONVERT_INLINE void in_parallel(std::size_t count, std::uint64_t cost,
                                    std::function<void(std::size_t, std::size_t)> const& work) {
    constexpr std::uint64_t worth_a_thread = 4'000'000;
    std::size_t const processors = std::max(1u, std::thread::hardware_concurrency());
    std::size_t const threads = std::min({count, processors, static_cast<std::size_t>(cost / worth_a_thread + 1)});
    if (threads <= 1) return work(0, count);
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex guard;
    std::size_t const part = std::max<std::size_t>(1, count / (threads * 8));
    auto const take = [&] {
        try {
            for (std::size_t first; (first = next.fetch_add(part)) < count;) work(first, std::min(first + part, count));
        } catch (...) {
            std::lock_guard const lock(guard);
            failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others(threads - 1);
        for (auto& t : others) t = std::jthread(take);
        take();
    }
    if (failure) std::rethrow_exception(failure);
}

namespace detail {

// One segment for one output, any values. Infinities of one sign win over NaN.
TPU_CONVERT_INLINE float aligned_segment(float const* x, float const* w, std::uint32_t count) {
    constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    float largest = 0;
    bool up = false, down = false, invalid = false;
    for (std::uint32_t k = 0; k < count; ++k) {
        float const p = x[k] * w[k * output_block];
        up = up || p == infinity, down = down || p == -infinity, invalid = invalid || p != p;
        largest = std::max(largest, std::fabs(p));
    }
    if (up != down) return up ? infinity : -infinity;
    if (up || invalid) return -nan;
    if (largest == 0) return 0;
    int const exponent = std::ilogb(largest) - 24;
    std::int64_t total = 0;
    for (std::uint32_t k = 0; k < count; ++k)
        total += static_cast<std::int64_t>(std::ldexp(static_cast<double>(x[k] * w[k * output_block]), -exponent));
    return static_cast<float>(std::ldexp(static_cast<double>(total), exponent));
}

TPU_CONVERT_INLINE void aligned_positions(row_task const& task, std::size_t first, std::size_t last, float* accumulator) {
    for (std::size_t p = first; p < last; ++p)
        for (std::size_t o = 0; o < output_block; ++o) {
            float& sum = accumulator[p * output_block + o];
            for (auto const& s : task.segments) {
                float const group = aligned_segment(task.x + s.x + p * task.step, task.w + s.w + o, s.count);
                if (sum == sum) sum += group; // the first NaN stays
            }
        }
}

} // namespace detail

} // namespace tpu_convert::simulate

#include <tpu_convert/simulate/contraction_kernels.inl>
