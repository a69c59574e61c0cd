// Sums of products as the chip's multiply-accumulate arrays form them: many outputs over one set of packed inputs and weights.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/simulate/flush_mode.hpp>
#include <vector>

namespace tpu_convert::simulate {

// Outputs that a kernel computes side by side.
inline constexpr std::size_t output_block = 16;

// Products x[x + position * step + k] * w[w + k * output_block + output], k < count: what the array adds in one cycle.
struct segment {
    std::size_t x = 0, w = 0;
    std::uint32_t count = 0;
};

// One row of positions for one block of outputs.
struct row_task {
    float const* x = nullptr;
    float const* w = nullptr;
    std::span<segment const> segments;
    std::size_t step = 0, positions = 0;
};

// F16 and BF16. With E the exponent of the segment's largest product, every product is cut to a multiple of 2^(E-24); the sum
// of these is exact, is rounded to float32 and added to the accumulator.
struct aligned_sum {
    using value = float;
    static constexpr std::size_t accumulators = 1;
    static void row(row_task const& task, float* accumulator);
};

// F32. Segments have one product; even ones go to the first accumulator, odd ones to the second; the row ends as their sum.
struct paired_sum {
    using value = float;
    static constexpr std::size_t accumulators = 2;
    static void row(row_task const& task, float* accumulator);
};

// INT8. Exact; a segment has at most 64 products, which float32 holds.
struct integer_sum {
    using value = std::int32_t;
    static constexpr std::size_t accumulators = 1;
    static void row(row_task const& task, std::int32_t* accumulator);
};

struct contraction {
    std::size_t blocks = 0, rows = 0, positions = 0;
    std::size_t row_step = 0, position_step = 0; // in x
    std::size_t block_weights = 0;               // floats of w per block
    std::vector<float> x, w;
    std::vector<segment> segments;

    std::uint64_t products() const {
        std::uint64_t n = 0;
        for (auto const& s : segments) n += s.count;
        return n * blocks * output_block * rows * positions;
    }
};

// Calls work(first, last) for parts of [0, count) on the processor's threads; `cost` is the number of operations of all.
void in_parallel(std::size_t count, std::uint64_t cost, std::function<void(std::size_t, std::size_t)> const& work);

// For each block and row: start(block, row, accumulator) fills accumulators * positions * output_block values (position by
// position), finish(block, row, accumulator) gets the sums in the first ones. Both are called from several threads.
template <class Sum>
void run_contraction(contraction const& c,
                     std::function<void(std::size_t, std::size_t, typename Sum::value*)> const& start,
                     std::function<void(std::size_t, std::size_t, typename Sum::value const*)> const& finish) {
    in_parallel(c.blocks * c.rows, c.products(), [&](std::size_t first, std::size_t last) {
        std::vector<typename Sum::value> accumulator(Sum::accumulators * c.positions * output_block);
        for (std::size_t i = first; i < last; ++i) {
            std::size_t const block = i / c.rows, row = i % c.rows;
            {
                flush_mode const flush;
                start(block, row, accumulator.data());
                Sum::row({c.x.data() + row * c.row_step, c.w.data() + block * c.block_weights, c.segments, c.position_step,
                          c.positions},
                         accumulator.data());
            }
            finish(block, row, accumulator.data());
        }
    });
}

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/contraction.inl>
#endif
