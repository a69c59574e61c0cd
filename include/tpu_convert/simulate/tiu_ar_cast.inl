// Casts between float types, to integers with a rounding mode and from integers.
#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <tpu_convert/simulate/float_math.hpp>
#include <tpu_convert/simulate/integer_math.hpp>
#include <tpu_convert/simulate/tiu_ar_cast.hpp>

namespace tpu_convert::simulate {

namespace detail {

TPU_CONVERT_INLINE void float_to_integer(std::int64_t* to, float const* from, std::size_t count, rounding mode,
                                         integer_range const& r) {
    for (std::size_t i = 0; i < count; ++i) {
        float const x = from[i];
        if (x != x)
            to[i] = 0;
        else
            to[i] = x >= 0x1p40f ? r.high : x <= -0x1p40f ? r.low : saturated(rounded(x, mode), r);
    }
}

struct float_format {
    int digits, least_exponent; // of the significand; of the smallest normal number
    double largest;
};

TPU_CONVERT_INLINE float_format format_of(precision p) {
    if (p == precision::f16) return {11, -14, 65504.0};
    if (p == precision::bf16) return {8, -126, 0x1.FEp127};
    return {24, -126, 0x1.FFFFFEp127};
}

// The neighbour of x in the format that the mode asks for; x is exact. Integers that are too large stop at the largest value if
// the mode points there, floats always become infinite.
TPU_CONVERT_INLINE float round_to_format(double x, float_format const& f, rounding mode, bool saturates) {
    if (x == 0 || x != x || std::isinf(x)) return static_cast<float>(x);
    int const exponent = std::max(std::ilogb(x), f.least_exponent) - (f.digits - 1);
    double const r = std::ldexp(static_cast<double>(rounded(std::ldexp(x, -exponent), mode)), exponent);
    if (std::fabs(r) > f.largest) {
        bool const inwards =
            saturates && (mode == rounding::to_zero || (mode == rounding::down && x > 0) || (mode == rounding::up && x < 0));
        return std::copysign(inwards ? static_cast<float>(f.largest) : HUGE_VALF, static_cast<float>(x));
    }
    return std::copysign(static_cast<float>(r), static_cast<float>(x));
}

// A cast from float32 keeps the sign of a NaN.
TPU_CONVERT_INLINE void sign_of_nan(std::byte* to, std::uint64_t step, float const* from, std::size_t count) {
    constexpr std::uint16_t negative = 0xFFFF;
    for (std::size_t i = 0; i < count; ++i)
        if (from[i] != from[i] && std::signbit(from[i])) std::memcpy(to + i * step * 2, &negative, 2);
}

// What a 16-bit NaN becomes in float32.
TPU_CONVERT_INLINE void settle_widened_nan(float* x, std::size_t count, std::uint32_t nan) {
    for (std::size_t i = 0; i < count; ++i)
        if (x[i] != x[i]) x[i] = std::bit_cast<float>(nan);
}

// To an integral value of the same type. The sign of a zero is that of the operand.
TPU_CONVERT_INLINE void float_to_integral(float* x, std::size_t count, rounding mode) {
    for (std::size_t i = 0; i < count; ++i)
        if (std::fabs(x[i]) < 0x1p23f) x[i] = std::copysign(static_cast<float>(rounded(x[i], mode)), x[i]);
}

} // namespace detail

TPU_CONVERT_INLINE void run_ar_cast(machine_memory& m, ar_command const& c) {
    ar_source const& s = c.source[0];
    bool const float_in = is_float(s.type), float_out = is_float(c.type);
    if (!s.is_constant) m.reads(s.where.covers());
    m.writes(c.result.covers());
    std::array<local_operand const*, 2> const operands{&c.result, s.is_constant ? &c.result : &s.where};
    std::uint64_t const to_step = c.result.stride.w, from_step = s.is_constant ? 0 : s.where.stride.w;
    rounding const mode = static_cast<rounding>(c.mode);
    integer_range const range = range_of(c.type, c.source[2].is_signed);
    detail::float_format const format = detail::format_of(c.type);
    bool const narrows = s.type == precision::f32 && float_out && c.type != precision::f32;
    bool const widens = float_in && s.type != precision::f32 && c.type == precision::f32;
    alignas(64) float floats[chunk];
    alignas(64) std::int64_t integers[chunk];
    for_each_stretch(m, operands, [&](auto const& at, std::uint64_t count, std::uint32_t, std::uint32_t) {
        std::byte const* const from = s.is_constant ? reinterpret_cast<std::byte const*>(&s.constant) : at[1];
        for (std::uint64_t i = 0; i < count; i += chunk) {
            std::size_t const n = std::min<std::uint64_t>(chunk, count - i);
            std::byte const* const source = from + i * from_step * s.where.bytes;
            std::byte* const target = at[0] + i * to_step * c.result.bytes;
            if (float_in) {
                float_loader(s.type)(floats, source, from_step, n);
            } else {
                integer_loader(s.type, s.is_signed)(integers, source, from_step, n);
                for (std::size_t k = 0; k < n; ++k)
                    floats[k] = detail::round_to_format(static_cast<double>(integers[k]), format, mode, true);
            }
            if (s.type == c.type) detail::float_to_integral(floats, n, mode);
            if (narrows && mode != rounding::half_even)
                for (std::size_t k = 0; k < n; ++k) floats[k] = detail::round_to_format(flushed(floats[k]), format, mode, false);
            if (widens) detail::settle_widened_nan(floats, n, s.type == precision::f16 ? 0x7FFFFFFFu : 0x7FFF0000u);
            if (float_out) {
                float_storer(c.type)(target, to_step, floats, n);
                if (narrows) detail::sign_of_nan(target, to_step, floats, n);
            } else {
                detail::float_to_integer(integers, floats, n, mode, range);
                integer_storer(c.type)(target, to_step, integers, n);
            }
        }
    });
}

} // namespace tpu_convert::simulate
