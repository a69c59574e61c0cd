// Series by Horner's rule, each step rounded to the type; exponents by rounding the bits.
#pragma once
#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/float_math.hpp>
#include <tpu_convert/simulate/tiu_sfu.hpp>
#include <vector>

namespace tpu_convert::simulate {

namespace detail {

// Rounds the buffer to the type and back.
TPU_CONVERT_INLINE void settle(float* x, std::size_t count, precision p) {
    alignas(64) std::uint32_t stored[chunk];
    auto* const at = reinterpret_cast<std::byte*>(stored);
    float_storer(p)(at, 1, x, count), float_loader(p)(x, at, 1, count);
}

TPU_CONVERT_INLINE void series(float* r, float const* x, std::size_t count, float const* c, std::uint32_t terms, precision p) {
    alignas(64) float product[chunk], coefficient[chunk];
    for (std::size_t k = 0; k < count; ++k) r[k] = c[terms - 1];
    for (std::uint32_t t = terms - 1; t-- > 0;) {
        mul_kernel(product, r, x, count), settle(product, count, p);
        for (std::size_t k = 0; k < count; ++k) coefficient[k] = c[t];
        add_kernel(r, product, coefficient, count), settle(r, count, p);
    }
}

// Biased exponent of the value; for positive ones it is the next if the significand is above 4/3: Carry is what that takes.
template <class Bits, int Mantissa, Bits Carry>
Bits exponent_of(Bits bits) {
    constexpr int sign_at = 8 * sizeof(Bits) - 1;
    bool const negative = bits >> sign_at;
    Bits const magnitude = bits & static_cast<Bits>(~(Bits{1} << sign_at));
    return static_cast<Bits>((magnitude + (negative ? Bits{0} : Carry)) >> Mantissa);
}

template <class Bits, int Mantissa, Bits Carry>
void exponents(std::byte* to, std::byte const* from, std::size_t count, bool as_float) {
    for (std::size_t k = 0; k < count; ++k) {
        Bits bits;
        std::memcpy(&bits, from + k * sizeof bits, sizeof bits);
        Bits const sign = bits & static_cast<Bits>(Bits{1} << (8 * sizeof(Bits) - 1));
        Bits e = exponent_of<Bits, Mantissa, Carry>(bits);
        if (as_float) e = static_cast<Bits>(sign | (e << Mantissa));
        std::memcpy(to + k * sizeof e, &e, sizeof e);
    }
}

TPU_CONVERT_INLINE void normalize(std::byte* to, std::byte const* from, std::size_t count, sfu_command const& c) {
    bool const as_float = is_float(c.type);
    if (c.source_type == precision::f32) return exponents<std::uint32_t, 23, 0x555554>(to, from, count, as_float);
    if (c.source_type == precision::f16) return exponents<std::uint16_t, 10, 682>(to, from, count, as_float);
    exponents<std::uint16_t, 7, 84>(to, from, count, as_float);
}

} // namespace detail

TPU_CONVERT_INLINE void run_sfu(machine_memory& m, sfu_command const& c) {
    bool const is_series = c.op == 12 || c.op == 13;
    if (!is_series && c.op != 15 && c.op != 17)
        throw model_error{error_code::machine_fault, "SFU", "the machine does not execute sub-operation " + std::to_string(c.op)};
    if (c.op == 15 && bytes_of(c.type) != bytes_of(c.source_type))
        throw model_error{error_code::machine_fault, "SFU", "normalize needs a result as wide as its operand"};
    if (c.op == 17 && (c.type != precision::f32 || c.source_type != precision::f32))
        throw model_error{error_code::machine_fault, "SFU", "rsqrt exists for float32 only"};
    std::uint32_t const bytes = bytes_of(c.type), from_bytes = bytes_of(c.source_type);
    local_operand const from{c.source, from_bytes, c.size, packed_strides(c.source, c.size, from_bytes, m.sizes(), true)};
    local_operand const to{c.result, bytes, c.size, packed_strides(c.result, c.size, bytes, m.sizes(), true)};
    std::vector<float> coefficients(c.terms);
    local_operand const table{c.coefficients, from_bytes, {1, std::min(c.size.c, m.sizes().lanes), 1, c.terms}, {0, 0, 0, 1}};
    m.reads(from.covers());
    if (is_series) m.reads(table.covers());
    m.writes(to.covers());
    alignas(64) float x[chunk], r[chunk];
    for_each_stretch(m, std::array{&to, &from}, [&](auto const& at, std::uint64_t count, std::uint32_t, std::uint32_t ch) {
        if (is_series) float_loader(c.source_type)(coefficients.data(), row_start(m, table, 0, ch), 1, c.terms);
        for (std::uint64_t i = 0; i < count; i += chunk) {
            std::size_t const n = std::min<std::uint64_t>(chunk, count - i);
            std::byte* const target = at[0] + i * bytes;
            if (c.op == 15) {
                detail::normalize(target, at[1] + i * from_bytes, n, c);
                continue;
            }
            float_loader(c.source_type)(x, at[1] + i * from_bytes, 1, n);
            if (is_series)
                detail::series(r, x, n, coefficients.data(), c.terms, c.source_type);
            else
                inverse_root_kernel(r, x, n, c.steps);
            float_storer(c.type)(target, 1, r, n);
        }
    });
}

} // namespace tpu_convert::simulate
