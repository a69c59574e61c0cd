// rq0: int(round_b(float(x) scale + offset)); rq1: ((x m) shifted) + z; dq0: (x - z) scale; dq1: ((x - z) m) shifted.
#pragma once
#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/float_math.hpp>
#include <tpu_convert/simulate/integer_math.hpp>
#include <tpu_convert/simulate/tiu_requant.hpp>

namespace tpu_convert::simulate {

namespace detail {

struct requant_values {
    std::int32_t word[3]{};
    float real(int k) const { return std::bit_cast<float>(word[k]); }
};

// rq0: scale, offset. rq1: multiplier; shift in the low 8 bits, zero point in the high 16. dq0: zero point in 16 bits; scale.
// dq1: zero point in 16 and shift in 8 bits; multiplier.
TPU_CONVERT_INLINE requant_values constant_values(requant_command const& c) {
    requant_values v;
    v.word[0] = static_cast<std::int32_t>(c.first);
    if (c.op != 1) {
        v.word[1] = static_cast<std::int32_t>(c.second), v.word[2] = static_cast<std::int32_t>(c.first >> 16);
        return v;
    }
    v.word[1] = static_cast<std::int8_t>(c.second & 0xFF);
    v.word[2] = static_cast<std::int16_t>(c.second >> 16);
    return v;
}

struct requant_row {
    requant_command const& c;
    integer_range range;

    std::int64_t scaled(std::int64_t x, requant_values const& v) const { // rq1
        std::int64_t const t =
            shift_right(x * v.word[0], -static_cast<std::int8_t>(v.word[1]), static_cast<rounding>(c.mode & 7));
        constexpr std::int64_t wide = std::int64_t{1} << 62; // the zero point does not wrap
        std::int64_t const zero = c.result_signed ? std::int64_t{static_cast<std::int16_t>(v.word[2])}
                                                  : std::int64_t{static_cast<std::uint16_t>(v.word[2])};
        return saturated(std::clamp(t, -wide, wide) + zero, range);
    }
    std::int64_t scaled_real(std::int64_t x, requant_values const& v) const { // rq0
        float const product = flushed(static_cast<float>(x) * v.real(0)), y = flushed(product + v.real(1));
        if (y != y) return 0;
        if (y >= 0x1p40f || y <= -0x1p40f) return y > 0 ? range.high : range.low;
        return saturated(rounded(y, static_cast<rounding>(c.mode >> 3 & 7)), range);
    }
    std::int64_t centred(std::int64_t x, requant_values const& v) const {
        return x - (c.source_signed ? std::int64_t{static_cast<std::int16_t>(v.word[0])}
                                    : std::int64_t{static_cast<std::uint16_t>(v.word[0])});
    }
    float real(std::int64_t x, requant_values const& v) const { // dq0
        return flushed(static_cast<float>(centred(x, v)) * v.real(1));
    }
    std::int64_t whole(std::int64_t x, requant_values const& v) const { // dq1
        return saturated(
            shift_right(centred(x, v) * v.word[1], -static_cast<std::int8_t>(v.word[2]), static_cast<rounding>(c.mode & 7)),
            range);
    }
};

} // namespace detail

TPU_CONVERT_INLINE void run_requant(machine_memory& m, requant_command const& c) {
    if (c.op != 0 && c.op != 1 && c.op != 3 && c.op != 4)
        throw model_error{error_code::machine_fault, "RQ&DQ",
                          "the machine does not execute sub-operation " + std::to_string(c.op)};
    if (c.op < 3 && c.source_type == precision::i8)
        throw model_error{error_code::machine_fault, "RQ&DQ", "requantization takes sources of 16 and 32 bits, not of 8"};
    std::uint32_t const words = c.op == 0 || c.op == 3 ? 2 : 3;
    local_operand const from{c.source, bytes_of(c.source_type), c.size,
                             packed_strides(c.source, c.size, bytes_of(c.source_type), m.sizes(), true)};
    local_operand const to{c.result, bytes_of(c.type), c.size,
                           packed_strides(c.result, c.size, bytes_of(c.type), m.sizes(), true)};
    extent4 const table_size{1, c.size.c, 1, words};
    local_operand const table{c.first, 4, table_size, packed_strides(c.first, table_size, 4, m.sizes(), true)};
    m.reads(from.covers());
    if (!c.constant) m.reads(table.covers());
    m.writes(to.covers());
    detail::requant_row const row{c, range_of(c.type, c.result_signed || c.type == precision::i32)};
    detail::requant_values values = detail::constant_values(c);
    integer_load const load = integer_loader(c.source_type, c.source_signed || c.source_type == precision::i32);
    integer_store const store = integer_storer(c.type);
    alignas(64) std::int64_t x[chunk];
    alignas(64) float y[chunk];
    for_each_stretch(m, std::array{&to, &from}, [&](auto const& at, std::uint64_t count, std::uint32_t, std::uint32_t ch) {
        if (!c.constant) std::memcpy(values.word, row_start(m, table, 0, ch), 4 * words);
        for (std::uint64_t i = 0; i < count; i += chunk) {
            std::size_t const n = std::min<std::uint64_t>(chunk, count - i);
            std::byte* const target = at[0] + i * to.bytes;
            load(x, at[1] + i * from.bytes, 1, n);
            for (std::size_t k = 0; k < n; ++k) {
                if (c.op == 0) x[k] = row.scaled_real(x[k], values);
                if (c.op == 1) x[k] = row.scaled(x[k], values);
                if (c.op == 3) y[k] = row.real(x[k], values);
                if (c.op == 4) x[k] = row.whole(x[k], values);
            }
            if (c.op == 3)
                float_storer(c.type)(target, 1, y, n);
            else
                store(target, 1, x, n);
        }
    });
}

} // namespace tpu_convert::simulate
