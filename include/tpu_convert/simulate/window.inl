// Coordinates under padding and insertion.
#pragma once
#include <algorithm>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/window.hpp>

namespace tpu_convert::simulate {

namespace detail {

// Coordinate in [0, n) that padding repeats at i, which may be outside.
TPU_CONVERT_INLINE std::int64_t repeated(std::int64_t i, std::int64_t n, pad_mode mode) {
    switch (mode) {
    case pad_mode::replicate:
        return std::clamp<std::int64_t>(i, 0, n - 1);
    case pad_mode::circular:
        return (i % n + n) % n;
    default:
        break;
    }
    if (n == 1) return 0;
    std::int64_t const period = 2 * (n - 1), r = (i % period + period) % period;
    return r < n ? r : period - r;
}

} // namespace detail

TPU_CONVERT_INLINE std::vector<std::int32_t> source_of_axis(axis_window const& a, pad_mode mode) {
    if (a.size == 0 || a.kernel == 0 || a.results == 0 || a.stride == 0)
        throw model_error{error_code::machine_fault, "", "a window command has a size or stride of 0"};
    std::uint64_t const needed = std::uint64_t{a.results - 1} * a.stride + std::uint64_t{a.kernel - 1} * a.dilation + 1;
    if (needed > a.extended())
        throw model_error{error_code::machine_fault, "",
                          "a window command's " + std::to_string(a.results) + " results need " + std::to_string(needed) +
                              " padded inputs but there are " + std::to_string(a.extended())};
    std::vector<std::int32_t> source(a.extended(), padded_element);
    std::int64_t const inner = static_cast<std::int64_t>(a.inner()), gap = a.inserted + 1;
    for (std::size_t i = 0; i < source.size(); ++i) {
        std::int64_t at = static_cast<std::int64_t>(i) - a.before;
        if (at < 0 || at >= inner) {
            if (mode == pad_mode::constant) continue;
            at = detail::repeated(at, inner, mode);
        }
        source[i] = at % gap == 0 ? static_cast<std::int32_t>(at / gap) : inserted_element;
    }
    return source;
}

} // namespace tpu_convert::simulate
