#pragma once
#include <cstdio>
#include <tpu_convert/isa/disassemble.hpp>

namespace tpu_convert::isa {

namespace detail {

// Addresses and wide values in hexadecimal, the rest in decimal.
TPU_CONVERT_INLINE std::string field_text(field_info const& f, std::uint64_t value) {
    bool const hex = f.name.find("addr") != std::string_view::npos || f.name.find("mask") != std::string_view::npos ||
                     f.name.find("constant") != std::string_view::npos;
    char buffer[24];
    std::snprintf(buffer, sizeof buffer, hex ? "0x%llx" : "%llu", static_cast<unsigned long long>(value));
    return buffer;
}

} // namespace detail

TPU_CONVERT_INLINE std::string command_text(std::string_view name, std::string_view sub_op,
                                            std::span<field_info const> fields, std::span<std::uint64_t const> words) {
    std::string text(name);
    text.resize(text.size() < 20 ? 20 : text.size(), ' ');
    text += ' ';
    text += sub_op;
    for (auto const& f : fields) {
        std::uint64_t const value = read_bits(words, f.offset, f.width);
        if (value == 0 || f.kind != field_kind::value) continue;
        text += ' ';
        text += f.name;
        text += '=';
        text += detail::field_text(f, value);
    }
    return text;
}

} // namespace tpu_convert::isa
