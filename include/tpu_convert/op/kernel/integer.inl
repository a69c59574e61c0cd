#pragma once
#include <algorithm>
#include <cstddef>
#include <tpu_convert/op/kernel/integer.hpp>

namespace tpu_convert::kernel {

namespace detail {

// Of at most 2^15 elements of 8 bits: the sum does not overflow.
TPU_CONVERT_WIDE inline std::int32_t short_dot(std::int16_t const* left, std::int16_t const* right, std::int64_t n) {
    std::int32_t sum = 0;
    for (std::int64_t i = 0; i < n; ++i) sum += static_cast<std::int32_t>(left[i]) * right[i];
    return sum;
}

} // namespace detail

TPU_CONVERT_INLINE void integer_product(std::int64_t rows, std::int64_t columns, std::int64_t depth, std::int16_t const* left,
                                        std::int16_t const* right, std::int32_t* out) {
    constexpr std::int64_t part = 1 << 15;
    for (std::int64_t m = 0; m < rows; ++m)
        for (std::int64_t n = 0; n < columns; ++n) {
            std::uint32_t sum = 0;
            for (std::int64_t k = 0; k < depth; k += part)
                sum += static_cast<std::uint32_t>(
                    detail::short_dot(left + m * depth + k, right + n * depth + k, std::min(part, depth - k)));
            out[m * columns + n] = static_cast<std::int32_t>(sum);
        }
}

TPU_CONVERT_INLINE void gather_windows(integer_window const& h, integer_window const& w, std::int64_t channels, float const* x,
                                       std::int16_t pad, std::int64_t first, std::int64_t count, std::int16_t* rows) {
    for (std::int64_t p = first; p < first + count; ++p) {
        std::int64_t const top = p / w.out * h.stride - h.before, left = p % w.out * w.stride - w.before;
        for (std::int64_t c = 0; c < channels; ++c)
            for (std::int64_t i = 0; i < h.kernel; ++i)
                for (std::int64_t j = 0; j < w.kernel; ++j) {
                    std::int64_t const y = top + i * h.dilation, v = left + j * w.dilation;
                    bool const outside = y < 0 || v < 0 || y > (h.in - 1) * h.step || v > (w.in - 1) * w.step;
                    bool const between = !outside && (y % h.step || v % w.step);
                    *rows++ = outside   ? pad
                              : between ? std::int16_t{0}
                                        : static_cast<std::int16_t>(x[(c * h.in + y / h.step) * w.in + v / w.step]);
                }
    }
}

TPU_CONVERT_INLINE std::vector<std::int16_t> as_integers(float const* x, std::int64_t n) {
    std::vector<std::int16_t> whole(static_cast<std::size_t>(n));
    std::transform(x, x + n, whole.begin(), [](float v) { return static_cast<std::int16_t>(v); });
    return whole;
}

} // namespace tpu_convert::kernel
