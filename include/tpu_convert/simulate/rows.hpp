// Stretches of elements to and from plain buffers: float for the float types, 64-bit integers for the others.
#pragma once
#include <cstddef>
#include <cstdint>
#include <tpu_convert/core/config.hpp>

namespace tpu_convert::simulate {

// Codes of the fields *_prec, the same on all chips of the family.
enum class precision : unsigned { i8 = 0, f16 = 1, f32 = 2, i16 = 3, i32 = 4, bf16 = 5 };

constexpr bool is_float(precision p) { return p == precision::f16 || p == precision::f32 || p == precision::bf16; }
constexpr std::uint32_t bytes_of(precision p) {
    return p == precision::i8 ? 1 : p == precision::f32 || p == precision::i32 ? 4 : 2;
}
// A model_error for codes that the machine does not know.
precision checked_precision(std::uint64_t code);

// Elements that the machine handles at once; buffers are this long.
inline constexpr std::size_t chunk = 512;

using float_load = void (*)(float* to, std::byte const* from, std::uint64_t step, std::size_t count);
using float_store = void (*)(std::byte* to, std::uint64_t step, float const* from, std::size_t count);
using integer_load = void (*)(std::int64_t* to, std::byte const* from, std::uint64_t step, std::size_t count);
using integer_store = void (*)(std::byte* to, std::uint64_t step, std::int64_t const* from, std::size_t count);

// Loads keep subnormals and the payload of NaN; stores round to nearest even, make NaN canonical in 16 bits and flush float32
// and bfloat16 subnormals.
float_load float_loader(precision p);
float_store float_storer(precision p);
// For results that are one of the operands: bits are kept.
float_store exact_storer(precision p);
integer_load integer_loader(precision p, bool is_signed);
// Keeps the low bits.
integer_store integer_storer(precision p);

} // namespace tpu_convert::simulate

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/simulate/rows.inl>
#endif
