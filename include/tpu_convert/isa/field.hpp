// Fields of a command: where they lie, which of them tell commands apart, and reading and writing of bits.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tpu_convert/core/fixed_string.hpp>

namespace tpu_convert::isa {

enum class field_kind : std::uint8_t {
    value,  // an operand
    fixed,  // one value, which tells the command from others
    sub_op, // one of a list of values, each a sub-operation
};

struct field_info {
    std::string_view name;
    unsigned offset = 0;
    unsigned width = 0;
    field_kind kind = field_kind::value;
    std::uint64_t initial = 0;

    constexpr bool is_reserved() const {
        return name.starts_with("rsvd") || name.starts_with("reserved") || name.starts_with("Reserved");
    }
};

struct sub_op_info {
    std::uint64_t code;
    std::string_view name;
};

// Operand of Width bits from bit Offset on; bit 0 is the lowest bit of byte 0.
template <fixed_string Name, unsigned Offset, unsigned Width>
struct field {
    static_assert(Width >= 1 && Width <= 64, "a field is 1 to 64 bits wide");
    static constexpr field_info info{Name.view(), Offset, Width, field_kind::value, 0};
};

// An operand that a new command has with another value than 0.
template <fixed_string Name, unsigned Offset, unsigned Width, std::uint64_t Value>
struct preset_field {
    static_assert(Width >= 1 && Width <= 64, "a field is 1 to 64 bits wide");
    static constexpr field_info info{Name.view(), Offset, Width, field_kind::value, Value};
};

template <fixed_string Name, unsigned Offset, unsigned Width, std::uint64_t Value>
struct fixed_field {
    static constexpr field_info info{Name.view(), Offset, Width, field_kind::fixed, Value};
};

template <std::uint64_t Code, fixed_string Name>
struct sub_op {
    static constexpr sub_op_info info{Code, Name.view()};
};

// The sub-operations of a command; the first is what a new command has.
template <class... Ops>
struct sub_op_list {
    static constexpr std::array<sub_op_info, sizeof...(Ops)> entries{Ops::info...};
};

template <fixed_string Name, unsigned Offset, unsigned Width, class List>
struct sub_op_field {
    using sub_ops = List;
    static constexpr field_info info{Name.view(), Offset, Width, field_kind::sub_op, List::entries[0].code};
};

constexpr std::uint64_t low_bits(unsigned width) { return ~std::uint64_t{0} >> (64 - width); }

constexpr std::uint64_t read_bits(std::span<std::uint64_t const> words, unsigned offset, unsigned width) {
    unsigned const word = offset / 64, shift = offset % 64;
    std::uint64_t v = words[word] >> shift;
    if (shift + width > 64) v |= words[word + 1] << (64 - shift);
    return v & low_bits(width);
}

constexpr void write_bits(std::span<std::uint64_t> words, unsigned offset, unsigned width, std::uint64_t value) {
    unsigned const word = offset / 64, shift = offset % 64;
    std::uint64_t const mask = low_bits(width);
    words[word] = (words[word] & ~(mask << shift)) | value << shift;
    if (shift + width > 64) {
        unsigned const done = 64 - shift;
        words[word + 1] = (words[word + 1] & ~(mask >> done)) | value >> done;
    }
}

constexpr std::int64_t sign_extended(std::uint64_t value, unsigned width) {
    return static_cast<std::int64_t>(value << (64 - width)) >> (64 - width);
}

} // namespace tpu_convert::isa
