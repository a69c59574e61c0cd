// Floats: greater flushes subnormals and is false for NaN; equal is of bits; less with a NaN means different bits.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/float_math.hpp>
#include <tpu_convert/simulate/tiu_compare.hpp>

namespace tpu_convert::simulate {

namespace detail {

constexpr precision raw(precision p) {
    return p == precision::f32 ? precision::i32 : p == precision::f16 || p == precision::bf16 ? precision::i16 : p;
}

// One operand's elements, as whole numbers (bits of floats) and, where asked for, as floats.
struct compare_stream {
    compare_source source;
    local_operand where;
    integer_load whole = nullptr;
    float_load real = nullptr;
    alignas(64) std::int64_t bits[chunk];
    alignas(64) float value[chunk];

    void prepare(machine_memory& m, compare_command const& c, compare_source const& s, precision p, bool is_signed, bool reals) {
        std::uint32_t const bytes = bytes_of(p);
        source = s;
        where = {s.address, bytes, c.size, s.repeated ? stride4{} : packed_strides(s.address, c.size, bytes, m.sizes(), true)};
        whole = integer_loader(raw(p), is_signed);
        real = reals ? float_loader(p) : nullptr;
        if (s.is_constant)
            load(reinterpret_cast<std::byte const*>(&source.constant), 0, chunk);
        else
            m.reads(where.covers());
    }
    void fetch(std::byte const* row, std::size_t first, std::size_t count) {
        if (!source.is_constant) load(row + first * where.stride.w * where.bytes, where.stride.w, count);
    }
    void load(std::byte const* from, std::uint64_t step, std::size_t count) {
        whole(bits, from, step, count);
        if (real) real(value, from, step, count);
    }
};

// A chosen operand of the comparison comes out without subnormals.
inline std::int64_t settled(std::int64_t bits, precision p) {
    std::int64_t const exponent = p == precision::f32 ? 0x7F800000 : 0x7F80, sign = p == precision::f32 ? 0x80000000 : 0x8000;
    return (p == precision::f32 || p == precision::bf16) && (bits & exponent) == 0 ? bits & sign : bits;
}

inline bool holds(unsigned op, compare_stream const& a, compare_stream const& b, std::size_t k, bool reals) {
    if (op == 24) return a.bits[k] == b.bits[k];
    if (!reals) return op == 23 ? a.bits[k] > b.bits[k] : a.bits[k] < b.bits[k];
    float const x = flushed(a.value[k]), y = flushed(b.value[k]);
    if (op == 23) return x > y;
    return std::isnan(x) || std::isnan(y) ? a.bits[k] != b.bits[k] : x < y;
}

} // namespace detail

TPU_CONVERT_INLINE void run_compare(machine_memory& m, compare_command const& c) {
    if (c.op < 22 || c.op > 26)
        throw model_error{error_code::machine_fault, "CMP", "the machine does not execute sub-operation " + std::to_string(c.op)};
    bool const reals = is_float(c.compared), two = c.op == 22 || c.op == 25;
    unsigned const op = two ? c.op + 1 : c.op;
    std::array<detail::compare_stream, 4> s;
    for (std::size_t i = 0; i < 4; ++i)
        s[i].prepare(m, c, c.source[i], i < 2 ? c.compared : c.chosen, c.is_signed, i < 2 && reals);
    std::uint32_t const bytes = bytes_of(c.chosen), first_bytes = bytes_of(c.compared);
    std::uint64_t const address = two ? c.second : c.result;
    local_operand const to{address, bytes, c.size, packed_strides(address, c.size, bytes, m.sizes(), true)};
    local_operand const first{c.result, first_bytes, c.size, packed_strides(c.result, c.size, first_bytes, m.sizes(), true)};
    m.writes(to.covers());
    if (two) m.writes(first.covers());
    integer_store const store = integer_storer(detail::raw(c.chosen)), store_first = integer_storer(detail::raw(c.compared));
    auto const where = [&](std::size_t i) { return s[i].source.is_constant ? &to : &s[i].where; };
    std::array<local_operand const*, 6> const operands{&to, where(0), where(1), where(2), where(3), two ? &first : &to};
    alignas(64) std::int64_t result[chunk], compared[chunk];
    for_each_stretch(m, operands, [&](auto const& at, std::uint64_t count, std::uint32_t, std::uint32_t) {
        for (std::uint64_t i = 0; i < count; i += chunk) {
            std::size_t const n = std::min<std::uint64_t>(chunk, count - i);
            for (std::size_t k = 0; k < 4; ++k) s[k].fetch(at[k + 1], i, n);
            for (std::size_t k = 0; k < n; ++k) {
                bool const chosen = detail::holds(op, s[0], s[1], k, reals);
                result[k] = s[chosen ? 2 : 3].bits[k];
                compared[k] = detail::settled(s[chosen ? 0 : 1].bits[k], c.compared);
            }
            store(at[0] + i * bytes, 1, result, n);
            if (two) store_first(at[5] + i * first_bytes, 1, compared, n);
        }
    });
}

} // namespace tpu_convert::simulate
