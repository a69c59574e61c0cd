// Integers: op, shift, ReLU, saturation. bf16: op in float32, one rounding.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/cv_tensor.hpp>

namespace tpu_convert::simulate {

namespace detail {

enum cv_op : unsigned { cv_mul, cv_mac, cv_add, cv_sub, cv_max, cv_min, cv_shift, cv_and, cv_or, cv_xor, cv_copy, cv_ge, cv_lut };

[[noreturn]] TPU_CONVERT_INLINE void no_cv_op(unsigned op) {
    throw model_error{error_code::not_built_yet, "TIU tensor",
                      "the machine does not execute sub-operation " + std::to_string(op) + " on these types yet"};
}

TPU_CONVERT_INLINE std::int64_t cv_integer_op(cv_tensor_command const& c, std::int64_t a, std::int64_t b, std::int64_t old) {
    switch (c.op) {
    case cv_mul:
        return a * b;
    case cv_mac:
        return (old << c.left_shift) + a * b;
    case cv_add:
        return a + b;
    case cv_sub:
        return a - b;
    case cv_max:
        return std::max(a, b);
    case cv_min:
        return std::min(a, b);
    case cv_and:
        return a & b;
    case cv_or:
        return a | b;
    case cv_xor:
        return a ^ b;
    case cv_copy:
        return a;
    case cv_ge:
        return a >= b;
    default:
        no_cv_op(c.op);
    }
}

TPU_CONVERT_INLINE float cv_float_op(unsigned op, float a, float b, float old) {
    switch (op) {
    case cv_mul:
        return a * b;
    case cv_mac:
        return a * b + old;
    case cv_add:
        return a + b;
    case cv_sub:
        return a - b;
    case cv_max: // a sum of both, of which one counts nothing: an infinity that is not chosen gives NaN
        return a < b ? a * 0.0f + b : a + b * 0.0f;
    case cv_min:
        return b < a ? a * 0.0f + b : a + b * 0.0f;
    case cv_copy:
        return a;
    case cv_ge:
        return a >= b ? 1.0f : 0.0f;
    default:
        no_cv_op(op);
    }
}

// 256 entries in each lane: 16 rows of 16 bytes, or 32 rows of 8 bf16. bf16 looks up by the low byte of an element.
TPU_CONVERT_INLINE void run_cv_lut(machine_memory& m, cv_tensor_command const& c) {
    std::uint32_t const bytes = c.result.bytes();
    footprint const to = place_of(c.result, m.sizes());
    footprint from = place_of(c.left, m.sizes());
    from.bytes = 1;
    footprint const table{space::local, c.right.address, bytes, 1, m.sizes().lanes, 1, 256, 0, 0, 0, bytes};
    m.reads(from), m.reads(table), m.writes(to);
    for (std::uint32_t n = 0; n < to.n; ++n)
        for (std::uint32_t ch = 0; ch < to.c; ++ch) {
            std::uint32_t const lane = static_cast<std::uint32_t>((to.address / m.sizes().lane_bytes + ch) % m.sizes().lanes);
            std::byte const* const entries = m.lane(lane) + c.right.address % m.sizes().lane_bytes;
            std::byte* const y = channel_start(m, to, n, ch);
            std::byte const* const x = channel_start(m, from, n, ch);
            for (std::uint64_t h = 0; h < to.h; ++h)
                for (std::uint64_t w = 0; w < to.w; ++w)
                    std::memcpy(y + h * to.h_stride + w * to.w_stride,
                                entries + bytes * std::to_integer<std::size_t>(x[h * from.h_stride + w * from.w_stride]), bytes);
        }
}

inline bool is_tiny(float x) { return std::fabs(x) < 0x1p-126f; }

// Subnormal operands and results are 0, without a sign; NaN becomes the largest number.
inline float without_extremes(float x) {
    constexpr float largest = 0x1.fep127f;
    return x != x ? largest : is_tiny(x) ? 0.0f : x;
}

TPU_CONVERT_INLINE void run_cv_floats(machine_memory& m, cv_tensor_command const& c) {
    std::vector<float> const a = load_floats(m, c.left);
    std::vector<float> const b = c.op == cv_copy ? std::vector<float>(a.size()) : load_floats(m, c.right);
    std::vector<float> y = c.op == cv_mac ? load_floats(m, c.result) : std::vector<float>(a.size());
    auto const read = [](float x) { return is_tiny(x) ? 0.0f : x; };
    for (std::size_t i = 0; i < a.size(); ++i) {
        y[i] = without_extremes(cv_float_op(c.op, read(a[i]), read(b[i]), read(y[i])));
        if (c.relu) y[i] = std::max(y[i], 0.0f);
    }
    store_floats(m, c.result, y);
}

} // namespace detail

TPU_CONVERT_INLINE void run_cv_tensor(machine_memory& m, cv_tensor_command const& c) {
    using namespace detail;
    if (c.op == cv_lut) return run_cv_lut(m, c);
    if (c.result.type == cv_type::bf16) return run_cv_floats(m, c);
    std::vector<std::int32_t> const a = load_integers(m, c.left);
    std::vector<std::int32_t> const b = c.op == cv_copy ? std::vector<std::int32_t>(a.size()) : load_integers(m, c.right);
    std::vector<std::int32_t> y(a.size());
    if (c.op == cv_mac) { // the old result always has 16 bits
        cv_operand old = c.result;
        old.type = cv_type::i16;
        y = load_integers(m, old);
    }
    bool const shifts = c.op <= cv_sub;
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::int64_t v = cv_integer_op(c, a[i], b[i], y[i]);
        if (shifts && c.wide_multiplier)
            v = multiplied(v, c.multiplier, c.right_shift);
        else if (shifts)
            v = c.rounds ? shifted_half_up(v, c.right_shift) : v >> c.right_shift;
        if (c.relu) v = std::max<std::int64_t>(v, 0);
        y[i] = static_cast<std::int32_t>(std::clamp<std::int64_t>(v, -(1 << 30), 1 << 30));
    }
    store_integers(m, c.result, y);
}

} // namespace tpu_convert::simulate
