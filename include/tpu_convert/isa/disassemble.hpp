// One line of text for a command: number, name, sub-operation and the fields that are not zero.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <tpu_convert/core/config.hpp>
#include <tpu_convert/isa/stream.hpp>

namespace tpu_convert::isa {

std::string command_text(std::string_view name, std::string_view sub_op, std::span<field_info const> fields,
                         std::span<std::uint64_t const> words);

template <command_type Command>
std::string to_string(Command const& c) {
    return command_text(Command::name, c.sub_op_name(), Command::fields, c.words);
}

// A line for each command of the stream.
template <class Chip>
std::string disassemble(engine e, std::span<std::byte const> stream) {
    std::string text;
    decode_stream<Chip>(e, stream, [&](auto const& c, position at) {
        text += std::to_string(at.index + 1) + "\t" + to_string(c) + "\n";
    });
    return text;
}

} // namespace tpu_convert::isa

#if TPU_CONVERT_HEADER_ONLY
#include <tpu_convert/isa/disassemble.inl>
#endif
