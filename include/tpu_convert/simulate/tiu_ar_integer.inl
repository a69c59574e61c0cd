// Tensor arithmetic on integer types: operands widen to 64 bits, the result is shifted, saturated or cut.
#pragma once
#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/integer_math.hpp>
#include <tpu_convert/simulate/tiu_ar_integer.hpp>

namespace tpu_convert::simulate {

namespace detail {

struct integer_source {
    integer_load load = nullptr;
    std::uint64_t step = 1, bytes = 4;
    bool constant = false;
    alignas(64) std::int64_t buffer[chunk];

    void prepare(machine_memory& m, ar_source const& s) {
        load = integer_loader(s.type, s.is_signed), constant = s.is_constant, step = s.where.stride.w, bytes = s.where.bytes;
        if (constant)
            load(buffer, reinterpret_cast<std::byte const*>(&s.constant), 0, chunk);
        else
            m.reads(s.where.covers());
    }
    void fetch(std::byte const* from, std::size_t first, std::size_t count) {
        if (!constant) load(buffer, from + first * step * bytes, step, count);
    }
};

// What an operation needs beside its operands.
struct integer_setting {
    int shift = 0;
    rounding mode = rounding::half_away;
    integer_range range{};
    bool saturate = false;
    int bits = 32; // of the result
    std::int64_t third = 0;
    std::uint32_t lane = 0;
};

using integer_kernel = void (*)(std::int64_t* r, std::int64_t const* a, std::int64_t const* b, std::size_t n,
                                integer_setting const& s);

template <class F>
void each_integer(std::int64_t* r, std::int64_t const* a, std::int64_t const* b, std::size_t n, F f) {
    for (std::size_t i = 0; i < n; ++i) r[i] = f(a[i], b[i]);
}

// shift > 0 is a left shift.
inline std::int64_t finish(std::int64_t v, integer_setting const& s) {
    v = shift_right(v, -s.shift, s.mode);
    return s.saturate ? saturated(v, s.range) : v;
}

template <class F>
void shifted_kernel(std::int64_t* r, std::int64_t const* a, std::int64_t const* b, std::size_t n, integer_setting const& s, F f) {
    if (s.shift == 0 && !s.saturate)
        each_integer(r, a, b, n, f);
    else
        each_integer(r, a, b, n, [&](std::int64_t x, std::int64_t y) { return finish(f(x, y), s); });
}

TPU_CONVERT_INLINE integer_kernel arithmetic_kernel(ar_op op) {
    using i = std::int64_t;
    switch (op) {
    case ar_op::add:
    case ar_op::add_satu:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const& s) {
            shifted_kernel(r, a, b, n, s, [](i x, i y) { return x + y; });
        };
    case ar_op::sub:
    case ar_op::sub_satu:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const& s) {
            shifted_kernel(r, a, b, n, s, [](i x, i y) { return x - y; });
        };
    case ar_op::mul:
    case ar_op::mul_satu:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const& s) {
            shifted_kernel(r, a, b, n, s, [](i x, i y) {
                return static_cast<i>(static_cast<std::uint64_t>(x) * static_cast<std::uint64_t>(y));
            });
        };
    case ar_op::max:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const&) {
            each_integer(r, a, b, n, [](i x, i y) { return std::max(x, y); });
        };
    case ar_op::min:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const&) {
            each_integer(r, a, b, n, [](i x, i y) { return std::min(x, y); });
        };
    case ar_op::abs:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const&) {
            each_integer(r, a, b, n, [](i x, i) { return x < 0 ? -x : x; });
        };
    default:
        return nullptr;
    }
}

TPU_CONVERT_INLINE integer_kernel bit_kernel(ar_op op) {
    using i = std::int64_t;
    switch (op) {
    case ar_op::bit_and:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const&) {
            each_integer(r, a, b, n, [](i x, i y) { return x & y; });
        };
    case ar_op::bit_or:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const&) {
            each_integer(r, a, b, n, [](i x, i y) { return x | y; });
        };
    case ar_op::bit_xor:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const&) {
            each_integer(r, a, b, n, [](i x, i y) { return x ^ y; });
        };
    case ar_op::bit_not:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const&) {
            each_integer(r, a, b, n, [](i x, i) { return ~x; });
        };
    case ar_op::arith_shift:
    case ar_op::logic_shift:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const& s) {
            each_integer(r, a, b, n,
                         [&](i x, i y) { return shift_right(x, static_cast<int>(std::clamp<i>(-y, -63, 63)), s.mode); });
        };
    case ar_op::select_greater:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const& s) {
            each_integer(r, a, b, n, [&](i x, i y) { return x > y ? s.third : 0; });
        };
    case ar_op::select_equal:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const& s) {
            each_integer(r, a, b, n, [&](i x, i y) { return x == y ? s.third : 0; });
        };
    case ar_op::select_less:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const& s) {
            each_integer(r, a, b, n, [&](i x, i y) { return x < y ? s.third : 0; });
        };
    case ar_op::cast:
        return [](i* r, i const* a, i const* b, std::size_t n, integer_setting const& s) {
            each_integer(r, a, b, n, [&](i x, i) { return saturated(x, s.range); });
        };
    default:
        throw model_error{error_code::machine_fault, "AR",
                          "the machine does not execute sub-operation " + std::to_string(static_cast<unsigned>(op)) +
                              " on integers"};
    }
}

TPU_CONVERT_INLINE bool result_signed(ar_command const& c) {
    if (c.op == ar_op::cast) return c.source[2].is_signed;
    if (c.op == ar_op::sub || c.op == ar_op::sub_satu) return true;
    return c.source[0].is_signed || (c.operands > 1 && c.source[1].is_signed);
}

} // namespace detail

TPU_CONVERT_INLINE void run_ar_integer(machine_memory& m, ar_command const& c) {
    detail::integer_source a, b;
    alignas(64) std::int64_t result[chunk];
    bool const binary = c.operands > 1;
    a.prepare(m, c.source[0]);
    if (binary) b.prepare(m, c.source[1]);
    m.writes(c.result.covers());
    detail::integer_kernel kernel = detail::arithmetic_kernel(c.op);
    if (!kernel) kernel = detail::bit_kernel(c.op);
    detail::integer_setting setting;
    setting.mode = static_cast<rounding>(c.mode), setting.bits = static_cast<int>(8 * c.result.bytes);
    setting.range = range_of(c.type, detail::result_signed(c));
    setting.saturate = c.op == ar_op::add_satu || c.op == ar_op::sub_satu || c.op == ar_op::mul_satu;
    setting.third = static_cast<std::int32_t>(c.source[2].constant);
    bool const shifts =
        c.operands > 2 && c.op != ar_op::select_equal && c.op != ar_op::select_greater && c.op != ar_op::select_less;
    if (shifts && !c.source[2].is_constant)
        m.reads({space::local, c.source[2].where.address, 1, 1, c.result.size.c, 1, 1, 0, 1, 0, 0});
    if (shifts && c.source[2].is_constant) setting.shift = static_cast<std::int8_t>(c.source[2].constant);
    integer_store const store = integer_storer(c.type);
    std::array<local_operand const*, 3> const operands{&c.result, c.source[0].is_constant ? &c.result : &c.source[0].where,
                                                       binary && !c.source[1].is_constant ? &c.source[1].where : &c.result};
    std::uint64_t const step = c.result.stride.w;
    for_each_stretch(m, operands, [&](auto const& at, std::uint64_t count, std::uint32_t, std::uint32_t ch) {
        if (shifts && !c.source[2].is_constant) setting.shift = static_cast<std::int8_t>(*row_start(m, c.source[2].where, 0, ch));
        for (std::uint64_t i = 0; i < count; i += chunk) {
            std::size_t const n = std::min<std::uint64_t>(chunk, count - i);
            a.fetch(at[1], i, n);
            if (binary) b.fetch(at[2], i, n);
            kernel(result, a.buffer, b.buffer, n, setting);
            store(at[0] + i * step * c.result.bytes, step, result, n);
        }
    });
}

} // namespace tpu_convert::simulate
