// The bits of one element of a type.
#pragma once
#include <bit>
#include <cstdint>
#include <tpu_convert/core/dtype.hpp>
#include <tpu_convert/core/float16.hpp>

namespace tpu_convert {

inline std::uint32_t constant_bits(double v, dtype t) {
    switch (t) {
    case dtype::f32: return std::bit_cast<std::uint32_t>(static_cast<float>(v));
    case dtype::f16: return f32_to_f16(static_cast<float>(v));
    case dtype::bf16: return f32_to_bf16(static_cast<float>(v));
    case dtype::i8:
    case dtype::u8: return static_cast<std::uint8_t>(static_cast<std::int64_t>(v));
    case dtype::i16:
    case dtype::u16: return static_cast<std::uint16_t>(static_cast<std::int64_t>(v));
    default: return static_cast<std::uint32_t>(static_cast<std::int64_t>(v));
    }
}

} // namespace tpu_convert
