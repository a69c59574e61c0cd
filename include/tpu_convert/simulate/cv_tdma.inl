// Elements go through a buffer in the source's order; conversions between 8 bits and bf16 on the way.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/core/float16.hpp>
#include <tpu_convert/simulate/cv_tdma.hpp>
#include <tpu_convert/simulate/cv_unpack.hpp>

namespace tpu_convert::simulate {

namespace detail {

TPU_CONVERT_INLINE footprint place_of_side(cv_tdma_side const& s) {
    return {s.local ? space::local : space::global, s.address, s.bytes, s.size.n, s.size.c, s.size.h, s.size.w,
            s.stride.n, s.stride.c, s.stride.h, s.stride.w};
}

TPU_CONVERT_INLINE std::size_t count_of_side(cv_tdma_side const& s) {
    double const n = double(s.size.n) * s.size.c * s.size.h * s.size.w;
    if (n <= 0 || n > most_cv_elements)
        throw model_error{error_code::machine_fault, "TDMA", "a transfer of " + std::to_string(n) + " elements"};
    return static_cast<std::size_t>(s.columns != 0 ? std::uint64_t{s.size.n} * s.columns
                                                   : std::uint64_t{s.size.n} * s.size.c * s.size.h * s.size.w);
}

// Calls visit(byte, index) for the elements in order n, c, h, w; a matrix ends each row after its columns.
template <class F>
void for_each_transferred(machine_memory& m, cv_tdma_side const& s, std::byte* first, F&& visit) {
    footprint const f = place_of_side(s);
    std::size_t i = 0;
    for (std::uint32_t n = 0; n < f.n; ++n)
        for (std::uint32_t c = 0; c < f.c; ++c) {
            std::byte* const base = s.local ? channel_start(m, f, n, c) : first + n * f.n_stride + c * f.c_stride;
            std::uint32_t const width = s.columns == 0 ? f.w : std::min(f.w, s.columns - std::min(s.columns, c * f.w));
            for (std::uint32_t h = 0; h < f.h; ++h)
                for (std::uint32_t w = 0; w < width; ++w) visit(base + h * f.h_stride + w * f.w_stride, i++);
        }
}

// Index in the source's order of each element in the target's order.
TPU_CONVERT_INLINE std::vector<std::uint32_t> turned_order(cv_tdma_command const& c) {
    auto const& s = c.source.size;
    std::vector<std::uint32_t> order;
    std::uint32_t const plane = s.h * s.w;
    if (c.what == cv_transfer::swap_n_c)
        for (std::uint32_t i = 0; i < s.c; ++i)
            for (std::uint32_t n = 0; n < s.n; ++n)
                for (std::uint32_t k = 0; k < plane; ++k) order.push_back((n * s.c + i) * plane + k);
    if (c.what == cv_transfer::swap_c_w)
        for (std::uint32_t n = 0; n < s.n; ++n)
            for (std::uint32_t w = 0; w < s.w; ++w)
                for (std::uint32_t h = 0; h < s.h; ++h)
                    for (std::uint32_t i = 0; i < s.c; ++i) order.push_back(((n * s.c + i) * s.h + h) * s.w + w);
    if (c.what == cv_transfer::swap_rows) {
        std::uint32_t const columns = c.source.columns;
        for (std::uint32_t w = 0; w < columns; ++w)
            for (std::uint32_t n = 0; n < s.n; ++n) order.push_back(n * columns + w);
    }
    return order;
}

TPU_CONVERT_INLINE std::uint16_t converted(cv_tdma_command const& c, std::uint16_t bits) {
    if (c.takes_exponent) { // exponents -62 to 63 become 1 to 126; below is 0; negative numbers have the upper half of the table
        int const exponent = bits >> 7 & 0xFF;
        return static_cast<std::uint16_t>(std::clamp(exponent - 64, 0, 127) | (bits >> 15) << 7);
    }
    if (c.source.bytes == c.target.bytes) return bits;
    if (c.source.bytes == 1) return cv_bf16(c.is_signed ? float(static_cast<std::int8_t>(bits)) : float(bits));
    float const x = bf16_to_f32(bits), low = c.is_signed ? -128.0f : 0.0f, high = c.is_signed ? 127.0f : 255.0f;
    float const whole = c.toward_zero ? std::trunc(x) : std::nearbyint(x);
    return static_cast<std::uint8_t>(static_cast<int>(x != x ? high : std::clamp(whole, low, high)));
}

TPU_CONVERT_INLINE std::vector<std::uint16_t> load_transferred(machine_memory& m, cv_tdma_command const& c, std::size_t count) {
    std::vector<std::uint16_t> values(count);
    if (c.what == cv_transfer::fill) return values;
    if (count_of_side(c.source) != count)
        throw model_error{error_code::machine_fault, "TDMA",
                          "the source has " + std::to_string(count_of_side(c.source)) + " elements, the target " +
                              std::to_string(count)};
    if (c.compressed) {
        if (c.source.local || c.source.bytes != 1)
            throw model_error{error_code::not_built_yet, "TDMA", "the machine unpacks weights of 8 bits on their way in only"};
        std::vector<std::uint8_t> const bytes = unpacked_bytes(m, c.source.address, count);
        std::copy(bytes.begin(), bytes.end(), values.begin());
        return values;
    }
    std::byte* const from = m.reads(place_of_side(c.source));
    for_each_transferred(m, c.source, from,
                         [&](std::byte const* p, std::size_t i) { std::memcpy(&values[i], p, c.source.bytes); });
    return values;
}

} // namespace detail

TPU_CONVERT_INLINE void check_cv_tdma(std::uint32_t transpose_mode, bool transposes, bool matrix, bool base) {
    char const* lacks = nullptr;
    if (transposes && !matrix && (transpose_mode == 1 || transpose_mode == 2)) lacks = "rotation of channels";
    if (base) lacks = "table bases";
    if (lacks) throw model_error{error_code::not_built_yet, "TDMA", "the machine does not do " + std::string(lacks) + " yet"};
}

TPU_CONVERT_INLINE void run_cv_tdma(machine_memory& m, cv_tdma_command const& c) {
    using namespace detail;
    std::vector<std::uint16_t> const values = load_transferred(m, c, count_of_side(c.target));
    std::vector<std::uint32_t> const order = turned_order(c);
    std::byte* const to = m.writes(place_of_side(c.target));
    for_each_transferred(m, c.target, to, [&](std::byte* p, std::size_t i) {
        std::uint16_t const bits = c.what == cv_transfer::fill ? c.constant : converted(c, values[order.empty() ? i : order[i]]);
        std::memcpy(p, &bits, c.target.bytes);
    });
}

} // namespace tpu_convert::simulate
