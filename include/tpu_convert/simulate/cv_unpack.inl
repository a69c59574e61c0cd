// A head of 16 bytes; for each block a byte, its order in the upper 3 bits (7: not compressed); then the blocks as bits.
#pragma once
#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <tpu_convert/core/error.hpp>
#include <tpu_convert/simulate/cv_unpack.hpp>

namespace tpu_convert::simulate {

namespace detail {

struct packed_bits {
    std::span<std::byte const> bytes;
    std::size_t at = 0;

    unsigned next() {
        if (at / 8 >= bytes.size())
            throw model_error{error_code::machine_fault, "TDMA", "compressed weights end before all elements are there"};
        unsigned const bit = std::to_integer<unsigned>(bytes[at / 8]) >> at % 8 & 1;
        ++at;
        return bit;
    }
};

using packed_block = std::array<std::uint8_t, 16>;

// The low `order` bits of all elements as planes of bits, then the rest of each in unary: zeros up to a one.
TPU_CONVERT_INLINE packed_block next_block(packed_bits& bits, unsigned order) {
    packed_block block{};
    if (order == 7) {
        for (auto& v : block)
            for (unsigned k = 0; k < 8; ++k) v |= static_cast<std::uint8_t>(bits.next() << k);
        return block;
    }
    for (unsigned k = 0; k < order; ++k)
        for (auto& v : block) v |= static_cast<std::uint8_t>(bits.next() << k);
    for (auto& v : block) {
        unsigned high = 0;
        while (bits.next() == 0) ++high;
        v = static_cast<std::uint8_t>(v + (high << order));
    }
    return block;
}

// 0, -1, 1, -2, 2... are 0, 1, 2, 3, 4; magnitudes are counted from the smallest that occurs, in a circle.
TPU_CONVERT_INLINE std::uint8_t signed_symbol(std::uint8_t symbol, unsigned above, unsigned below) {
    if (symbol == 0) return 0;
    bool const negative = symbol % 2 != 0;
    unsigned magnitude = (symbol + 1u) / 2 + (negative ? below : above);
    if (magnitude > 127u + negative) magnitude -= 127u + negative;
    return static_cast<std::uint8_t>(negative ? 256u - magnitude : magnitude);
}

TPU_CONVERT_INLINE std::span<std::byte const> packed_part(machine_memory& m, std::uint64_t address, std::uint64_t bytes) {
    footprint f{space::global, address, 1, 1, 1, 1, static_cast<std::uint32_t>(bytes), 0, 0, 0, 1};
    return {m.reads(f), bytes};
}

} // namespace detail

TPU_CONVERT_INLINE std::vector<std::uint8_t> unpacked_bytes(machine_memory& m, std::uint64_t address, std::size_t count) {
    std::uint64_t head;
    std::memcpy(&head, detail::packed_part(m, address, 16).data(), 8);
    if ((head >> 29 & 1) != 0)
        throw model_error{error_code::not_built_yet, "TDMA", "the machine does not unpack compressed bf16 weights yet"};
    bool const is_signed = (head >> 28 & 1) != 0;
    unsigned const above = head >> 32 & 0xFF, below = head >> 40 & 0x7F;
    std::size_t const blocks = (count + 15) / 16, map_bytes = (blocks + 15) / 16 * 16;
    auto const map = detail::packed_part(m, address + 16, map_bytes);
    detail::packed_bits bits{detail::packed_part(m, address + 16 + map_bytes, std::max<std::uint64_t>(1, head & 0xFF'FFFF))};
    std::vector<std::uint8_t> out;
    for (std::size_t b = 0; b < blocks; ++b)
        for (std::uint8_t symbol : detail::next_block(bits, std::to_integer<unsigned>(map[b]) >> 5))
            out.push_back(is_signed ? detail::signed_symbol(symbol, above, below) : symbol);
    out.resize(count);
    return out;
}

} // namespace tpu_convert::simulate
