// Exact integer products of the quantized reference: operands as 16-bit numbers, sums of 32 bits that wrap.
#pragma once
#include <cstdint>
#include <span>
#include <tpu_convert/core/config.hpp>
#include <vector>

namespace tpu_convert::kernel {

// out[m, n] = sum over k of left[m, k] * right[n, k]; all dense.
void integer_product(std::int64_t rows, std::int64_t columns, std::int64_t depth, std::int16_t const* left,
                     std::int16_t const* right, std::int32_t* out);

struct integer_window {
    std::int64_t in = 1, out = 1, kernel = 1, stride = 1, dilation = 1, before = 0;
    std::int64_t step = 1; // distance of the input's elements once zeros are inserted between them
};

// Windows of one group of channels, [pixels first .. first + count) of the output, as rows [channel][kh][kw].
// x: the group's first plane. Outside the image is `pad`; inserted elements are 0.
void gather_windows(integer_window const& h, integer_window const& w, std::int64_t channels, float const* x, std::int16_t pad,
                    std::int64_t first, std::int64_t count, std::int16_t* rows);

std::vector<std::int16_t> as_integers(float const* x, std::int64_t n);

} // namespace tpu_convert::kernel

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/op/kernel/integer.inl>
#endif
