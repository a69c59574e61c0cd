// The hot loops of the sums: a tile is a few positions by one block of outputs, held in vector registers.
#pragma once
#include <cstring>
#include <tpu_convert/simulate/contraction.hpp>

namespace tpu_convert::simulate {

namespace detail {

using float_block = float __attribute__((vector_size(output_block * 4)));
using int_block = std::int32_t __attribute__((vector_size(output_block * 4)));
using bits_block = std::uint32_t __attribute__((vector_size(output_block * 4)));

void aligned_positions(row_task const& task, std::size_t first, std::size_t last, float* accumulator);

// Are some lanes' values beyond what the aligned tile handles? `odd` holds all-ones for those.
[[gnu::always_inline]] inline bool any_lane(int_block const& odd) {
    std::int32_t some = 0;
    for (std::size_t i = 0; i < output_block; ++i) some |= odd[i];
    return some != 0;
}

template <std::size_t Positions>
[[gnu::always_inline]] inline void aligned_tile(row_task const& task, std::size_t first, float* accumulator) {
    constexpr std::int32_t infinity = 0x7F800000, smallest = 25 << 23; // 2^-102: below, 2^(E-24) is no normal number
    float_block sum[Positions];
    std::memcpy(sum, accumulator + first * output_block, sizeof sum);
    int_block odd = {};
    for (auto const& s : task.segments) {
        float const* const x = task.x + s.x + first * task.step;
        float const* const w = task.w + s.w;
        int_block largest[Positions] = {};
        for (std::uint32_t k = 0; k < s.count; ++k) {
            float_block weight;
            std::memcpy(&weight, w + k * output_block, sizeof weight);
            for (std::size_t p = 0; p < Positions; ++p) {
                int_block const size = (int_block)(weight * x[p * task.step + k]) & 0x7FFFFFFF;
                largest[p] = size > largest[p] ? size : largest[p];
            }
        }
        float_block scale[Positions], unit[Positions];
        for (std::size_t p = 0; p < Positions; ++p) {
            odd |= (largest[p] >= infinity) | ((largest[p] < smallest) & (largest[p] != 0));
            bits_block e = (bits_block)(largest[p] > smallest ? largest[p] & infinity : int_block{} + smallest);
            scale[p] = (float_block)((278u << 23) - e);
            unit[p] = (float_block)(e - (24u << 23));
        }
        bits_block total[Positions] = {}; // wraps where values are odd
        for (std::uint32_t k = 0; k < s.count; ++k) {
            float_block weight;
            std::memcpy(&weight, w + k * output_block, sizeof weight);
            for (std::size_t p = 0; p < Positions; ++p)
                total[p] += (bits_block)__builtin_convertvector(weight * x[p * task.step + k] * scale[p], int_block);
        }
        for (std::size_t p = 0; p < Positions; ++p) sum[p] += __builtin_convertvector((int_block)total[p], float_block) * unit[p];
    }
    if (any_lane(odd)) return aligned_positions(task, first, first + Positions, accumulator);
    std::memcpy(accumulator + first * output_block, sum, sizeof sum);
}

template <std::size_t Positions>
[[gnu::always_inline]] inline void paired_tile(row_task const& task, std::size_t first, float* even, float* odd) {
    float_block sum[2][Positions];
    std::memcpy(sum[0], even + first * output_block, sizeof sum[0]);
    std::memcpy(sum[1], odd + first * output_block, sizeof sum[1]);
    std::size_t const pairs = task.segments.size() / 2;
    auto const add = [&](float_block* to, segment const& s) __attribute__((always_inline)) {
        float_block weight;
        std::memcpy(&weight, task.w + s.w, sizeof weight);
        float const* const x = task.x + s.x + first * task.step;
        for (std::size_t p = 0; p < Positions; ++p) to[p] += weight * x[p * task.step];
    };
    for (std::size_t i = 0; i < pairs; ++i) {
        add(sum[0], task.segments[2 * i]);
        add(sum[1], task.segments[2 * i + 1]);
    }
    if (task.segments.size() % 2 != 0) add(sum[0], task.segments.back());
    for (std::size_t p = 0; p < Positions; ++p) sum[0][p] += sum[1][p];
    std::memcpy(even + first * output_block, sum[0], sizeof sum[0]);
}

template <std::size_t Positions>
[[gnu::always_inline]] inline void integer_tile(row_task const& task, std::size_t first, std::int32_t* accumulator) {
    bits_block sum[Positions];
    std::memcpy(sum, accumulator + first * output_block, sizeof sum);
    for (auto const& s : task.segments) {
        float const* const x = task.x + s.x + first * task.step;
        float_block part[Positions] = {};
        for (std::uint32_t k = 0; k < s.count; ++k) {
            float_block weight;
            std::memcpy(&weight, task.w + s.w + k * output_block, sizeof weight);
            for (std::size_t p = 0; p < Positions; ++p) part[p] += weight * x[p * task.step + k];
        }
        for (std::size_t p = 0; p < Positions; ++p) sum[p] += (bits_block)__builtin_convertvector(part[p], int_block);
    }
    std::memcpy(accumulator + first * output_block, sum, sizeof sum);
}

} // namespace detail

TPU_CONVERT_SIMD TPU_CONVERT_INLINE void aligned_sum::row(row_task const& task, float* accumulator) {
    std::size_t p = 0;
    for (; p + 4 <= task.positions; p += 4) detail::aligned_tile<4>(task, p, accumulator);
    for (; p < task.positions; ++p) detail::aligned_tile<1>(task, p, accumulator);
}

TPU_CONVERT_SIMD TPU_CONVERT_INLINE void paired_sum::row(row_task const& task, float* accumulator) {
    float* const odd = accumulator + task.positions * output_block;
    std::size_t p = 0;
    for (; p + 4 <= task.positions; p += 4) detail::paired_tile<4>(task, p, accumulator, odd);
    for (; p < task.positions; ++p) detail::paired_tile<1>(task, p, accumulator, odd);
}

TPU_CONVERT_SIMD TPU_CONVERT_INLINE void integer_sum::row(row_task const& task, std::int32_t* accumulator) {
    std::size_t p = 0;
    for (; p + 4 <= task.positions; p += 4) detail::integer_tile<4>(task, p, accumulator);
    for (; p < task.positions; ++p) detail::integer_tile<1>(task, p, accumulator);
}

} // namespace tpu_convert::simulate
