// Element types of tensors in files, in global memory and in local memory.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tpu_convert {

enum class dtype : std::uint8_t { f32, f16, bf16, i8, u8, i16, u16, i32, u32, i64, f64, boolean };

struct dtype_info {
    dtype type;
    std::string_view name;      // as numpy spells it (bf16 apart)
    std::string_view mlir_name; // as it stands in tensor<...>
    std::size_t bytes;
    bool is_float;
    bool is_signed;
};

inline constexpr std::array<dtype_info, 12> all_dtypes{{
    {dtype::f32, "float32", "f32", 4, true, true},
    {dtype::f16, "float16", "f16", 2, true, true},
    {dtype::bf16, "bfloat16", "bf16", 2, true, true},
    {dtype::i8, "int8", "si8", 1, false, true},
    {dtype::u8, "uint8", "ui8", 1, false, false},
    {dtype::i16, "int16", "si16", 2, false, true},
    {dtype::u16, "uint16", "ui16", 2, false, false},
    {dtype::i32, "int32", "si32", 4, false, true},
    {dtype::u32, "uint32", "ui32", 4, false, false},
    {dtype::i64, "int64", "si64", 8, false, true},
    {dtype::f64, "float64", "f64", 8, true, true},
    {dtype::boolean, "bool", "ui1", 1, false, false},
}};

constexpr dtype_info const& info(dtype t) { return all_dtypes[static_cast<std::size_t>(t)]; }
constexpr std::size_t bytes_of(dtype t) { return info(t).bytes; }
constexpr bool is_float(dtype t) { return info(t).is_float; }
constexpr bool is_signed(dtype t) { return info(t).is_signed; }

// Bounds of whole numbers of up to 32 bits.
constexpr std::int64_t lowest_of(dtype t) { return is_signed(t) ? -(std::int64_t{1} << (8 * bytes_of(t) - 1)) : 0; }
constexpr std::int64_t highest_of(dtype t) { return (std::int64_t{1} << (8 * bytes_of(t) - (is_signed(t) ? 1 : 0))) - 1; }

constexpr std::optional<dtype> dtype_named(std::string_view name) {
    for (auto const& i : all_dtypes)
        if (i.name == name || i.mlir_name == name) return i.type;
    return std::nullopt;
}

} // namespace tpu_convert
