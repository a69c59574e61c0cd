// Weights as bytes in the file, in the order of their elements, and tables that are no operand of the network.
#pragma once
#include <cstring>
#include <limits>
#include <memory>
#include <span>
#include <tpu_convert/lower/constant_bits.hpp>
#include <tpu_convert/lower/kernel_plan.hpp>
#include <vector>

namespace tpu_convert {

// Stores a float as an element of a type.
inline void put(std::byte* at, float v, dtype t) {
    std::uint32_t const bits = constant_bits(v, t);
    std::memcpy(at, &bits, bytes_of(t));
}

// Elements in order.
inline packed_bytes pack_dense(std::span<float const> values, dtype t) {
    auto bytes = std::make_shared<std::vector<std::byte>>(values.size() * bytes_of(t));
    for (std::size_t i = 0; i < values.size(); ++i) put(bytes->data() + i * bytes_of(t), values[i], t);
    return bytes;
}

inline constexpr std::size_t no_operand = std::numeric_limits<std::size_t>::max();

// Whole numbers as an operand that is stored with the weights.
inline packed_bytes pack_words(std::vector<std::int32_t> const& words) {
    auto bytes = std::make_shared<std::vector<std::byte>>(words.size() * sizeof words[0]);
    if (!words.empty()) std::memcpy(bytes->data(), words.data(), bytes->size());
    return bytes;
}
inline std::int32_t low_word(std::int64_t v) { return static_cast<std::int32_t>(static_cast<std::uint32_t>(v)); }

} // namespace tpu_convert
